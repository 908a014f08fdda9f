# What the program says on the command line.
cli-stage-reading = Reading
cli-stage-mapping = Mapping
cli-stage-comparing = Comparing
cli-stage-applying = Applying
cli-stage-walking = Walking

cli-import-title = Import “{ $source }” with the profile “{ $profile }”: { $rows ->
    [one] one row read
   *[other] { $rows } rows read
 }
cli-import-new = new
cli-import-changed = changed
cli-import-unchanged = unchanged
cli-import-missing = missing in the files
cli-import-withdrawn = of these taken off the directory
cli-import-held = faulty in the files, left as they are
cli-import-kept-edits = changed, but edited by hand: the edit stays
cli-import-duplicates = perhaps in the directory already from another list: to decide under “Duplicates”
cli-import-pair = perhaps the same as “{ $name }” of “{ $source }”: { $score } of 100 points
cli-import-rejected = rejected
cli-import-repaired = repaired
cli-import-dry-run = Dry run: nothing was applied.
cli-import-applied = Applied.
cli-import-nothing-to-do = Nothing to do: the directory is as the files say.
cli-import-refused = Nothing was applied.
cli-import-moved = Somebody changed the directory at the same time. Nothing was applied. Start the import again.
cli-import-run = To take it back: import roll-back { $run }
cli-import-conflict = { $field } stays “{ $value }”, edited by { $name }
cli-history-empty = Nothing has been imported yet.
cli-history-import = { $at }  import of “{ $source }” by { $actor }: { $new } new, { $changed } changed, { $withdrawn } taken off
cli-history-roll-back = { $at }  roll-back of “{ $source }” ({ $run }) by { $actor }: { $new } back again, { $changed } changed back, { $withdrawn } removed
cli-roll-back-done = Taken back: { $removed } removed, { $returned } back again, { $changed } changed back, { $edits } edits restored, { $regrouped } merges taken back. Left as they are: { $kept }.
cli-roll-back-nothing = There is nothing to take back.
cli-roll-back-unknown = There is no such import. For the list: import history
cli-roll-back-details-gone = The details of this import are not kept any more. It cannot be taken back.
cli-roll-back-kept-changed-later = stays, because a later import changed the entry
cli-roll-back-kept-edited-since = stays, because somebody has edited the entry since
cli-roll-back-kept-merged-since = stays, because the entry has been merged with another one since
cli-roll-back-kept-address-taken = stays, because the page's address belongs to another centre by now
cli-roll-back-kept-regrouped-since = stays where the entry is now, for somebody has changed the merge since
cli-more = … and { $count } more; all of them with --json

cli-places-read = { $rows } places read, { $left_out } rows left out on purpose, { $points } coordinates added, { $problems } rows with errors
cli-places-applied = The table of places is replaced.
cli-places-refused = Nothing was applied: the file knows { $read } postcodes, the present table { $known }. If the file is whole, use --accept-losses.
cli-places-row = row { $row }, column { $column }

cli-export-done = { $count } centres written.
cli-reindex-done = The index is built anew: { $count } centres.
cli-demo-done = Demo directory: { $new } new, { $changed } changed, { $unchanged } unchanged, { $withdrawn } removed.
cli-demo-bookable = Appointments can be booked at { $count } invented centres.
cli-demo-among-real = The directory holds centres from "{ $source }". Invented centres do not go among them. Take another folder with --data.
cli-no-directory = There is no directory yet: { $folder }. Name the right folder with --data, or import centres first.

cli-check-title = { $centres } centres with { $offers } offers checked.
cli-check-clean = Nothing found.
cli-check-severity-error = ERROR
cli-check-severity-warning = WARNING
cli-check-severity-note = NOTE

cli-places-problem-line-too-long = The line is too long and is left out. Check whether a line break is missing.
cli-places-problem-too-few-columns = The row has too few columns and is left out. Check the separator.
cli-places-problem-not-a-postcode = Not a postcode; the row is left out.
cli-places-problem-not-a-municipality-key = Not a municipality key (AGS); the row is left out.
cli-places-problem-not-a-district-key = Not a district key; the place is used without its district.
cli-places-problem-name-missing = The name is missing; the row is left out.
cli-places-problem-point-outside = The point is not in Germany; the bundled table's point is used.

# `serve`
cli-serve-mails = Mails do not leave this installation ([mail] is not configured). They are shown here: { $address }
cli-serve-setup = Nobody administers yet. This link sets up the first person (valid once):
mails-title = Mails that stayed here
mails-explain = The configuration names no mail server ([mail]). The last 50 mails are kept in memory only.
mails-none = There are none yet.
mails-to = To:

# `accounts rescue`
cli-rescue-link = This link sets a new password. It works once and for one hour. Give it to nobody but the person herself:
cli-rescue-done = Her second factors are removed and her sessions ended. She sets up new ones when she signs in next.
cli-rescue-nobody = Nobody signs in by password with this address: { $mail }
cli-rescue-no-accounts = There are no accounts here yet: { $folder }. Name the right folder with --data.

# `clock`
cli-clock-machine = This machine's clock shows { $time }.
cli-clock-believed = Data was last deleted by { $time }.
cli-clock-nothing-believed = Nothing was ever deleted here.
cli-clock-due = { $count ->
        [0] By the machine's clock nothing is due.
        [one] By the machine's clock 1 key is due. It is destroyed at the next start if the clock counts.
       *[other] By the machine's clock { $count } keys are due. They are destroyed at the next start if the clock counts.
    }
cli-clock-confirmed = From now on the machine's clock counts. Start the program again.
cli-clock-not-confirmed = That could not be kept
cli-clock-stop-first = The clock cannot be confirmed while the program runs. Stop it first

# `drain`
cli-drain-done = { $node } takes no new conversations. Those that are on go on until they end or the configured time is over.
cli-drain-nobody = { $node } does not answer. Does the node run, and is that its name?
cli-drain-no-bus = [bus] is missing in the configuration: without it there is one process only

cli-config-file = Configuration: { $file }
cli-config-none = There is no configuration. Everything has its default.
cli-config-good = A server would start with it.
cli-config-no-operator = [site.operator] is missing. The imprint says so openly.
cli-config-no-address = site.base_url is missing. Links in mails lead to this machine.
cli-config-no-mail = [mail] is missing. Mails do not leave this machine.
cli-config-calls-alone = calls.relay.public is missing. Speaking and seeing each other works between browsers on this machine only.

cli-store-carried = { $service }: { $tables } tables, { $rows } rows
cli-backup-nothing = There is no database of “{ $service }” here. Check --data and --store.
cli-backup-exists = { $file } exists already. Take another name.
cli-backup-done = Saved to { $file }. The keys (keys/) are not in it: back up server.key apart, keys/booking/ never.
cli-backup-key = The key stands in { $file }. Keep it elsewhere: who has it can read backups. Without it nobody can.
cli-restore-taken = There is a database of “{ $service }” already. A backup is brought back only to where none is.
cli-restore-stop-first = Stop the running program first.
cli-restore-nothing-kept = Nothing was kept.
cli-restore-destroyed = Deleted since the backup, and therefore taken away again: { $count }
cli-restore-no-key = keys/server.key was missing and made anew: everybody has to set up the second factor again. If you have the old one, put it there now.
cli-restore-done = Brought back. The next start first deletes what is due by now. Everybody has to sign in again.
cli-migrate-stop-first = Stop the running program first. Otherwise what is booked meanwhile would be lost.
cli-migrate-done = Moved and compared. Start with --store and the new address, and the same --data: the keys lie there. Delete the old databases when all is well.
