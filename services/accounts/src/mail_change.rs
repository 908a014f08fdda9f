//! Another mail address: the new one confirms, the old one is told. Asking never tells whether somebody else has it.

use jiff::SignedDuration;
use kernel::Secret;
use mailkit::MailAddress;

use crate::{
    Accounts, AccountsError,
    audit::Action,
    mail::MailKind,
    person::fold_mail,
    service::actor,
    session::Owner,
    store::MailChange,
    token::{self, Link},
};

/// How long the new address can be confirmed.
pub const MAIL_CHANGE_LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Accounts {
    /// Sends a link to the new address and a notice to the present one. Nothing changes before the link is used.
    pub async fn request_mail_change(
        &self,
        owner: &Owner,
        new_mail: &MailAddress,
    ) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let person = self.own(owner).await?;
        let now = self.now();
        let link = self.new_link(Link::MailChange, now, MAIL_CHANGE_LASTS);
        let mut trace = self.trace(&owner.actor(), Action::MailChangeRequested, owner.object(), "", now);
        let confirm = self.intent(MailKind::MailChangeConfirm, &link.id, person.lang, now);
        trace.mails.push(confirm.until(link.expires_at));
        trace.mails.push(self.intent(MailKind::MailChangeRequested, &link.id, person.lang, now));
        let new_mail = fold_mail(new_mail.as_str());
        self.store().request_mail_change(&person.id, &new_mail, &link, &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// The address that a link would confirm; `None` when the link does not work.
    pub async fn look_up_mail_change(&self, token: &Secret<String>) -> Result<Option<String>, AccountsError> {
        Ok(self.open_mail_change(token).await?.map(|change| change.new_mail))
    }

    /// Changes the address, once. The earlier address is told.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`], [`AccountsError::MailTaken`].
    pub async fn confirm_mail_change(&self, token: &Secret<String>) -> Result<(), AccountsError> {
        let change = self.open_mail_change(token).await?.ok_or(AccountsError::LinkInvalid)?;
        let person = self.store().person(&change.person_id).await?.ok_or(AccountsError::LinkInvalid)?;
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(&actor(&person), Action::MailChanged, object, "", now);
        trace.mails.push(self.intent(MailKind::MailChanged, &change.id, person.lang, now));
        self.store().confirm_mail_change(&change, now, &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    async fn open_mail_change(&self, token: &Secret<String>) -> Result<Option<MailChange>, AccountsError> {
        let change = self.store().mail_change_by_token(token::hash(token)).await?;
        Ok(change.filter(|change| change.is_open(self.now())))
    }
}
