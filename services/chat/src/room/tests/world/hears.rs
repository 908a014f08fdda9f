//! What somebody hears, compared with what she has to hear.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::{
    super::super::{Out, SocketId},
    SMALL, Session, World, Wrong, role,
};
use crate::protocol::{Body, Epoch, Kind, Member, Role, Say, Token};

impl World {
    /// Works out who has to hear what was just taken.
    pub(super) fn note(&mut self, socket: SocketId, from: Member, say: &Say) -> Result<(), Wrong> {
        if let Say::Knock { .. } = say {
            self.letters.insert(from);
        }
        let (Say::Send { n, .. } | Say::Commit { n, .. }) = say else { return Ok(()) };
        let answered = self.answered.entry(from).or_default();
        let mut is_new = None;
        for out in &self.room.out {
            let Out::Frame { socket: to, text } = out else { continue };
            let heard: Value = serde_json::from_str(text).unwrap();
            if *to == socket && heard["n"] == *n && (heard["hear"] == "taken" || heard["hear"] == "refused") {
                is_new = (*n > *answered).then_some(heard["hear"] == "taken");
            }
        }
        let Some(is_taken) = is_new else { return Ok(()) };
        if *n != *answered + 1 {
            return Err(format!("{from:?} was answered {n} after {answered}: something is lost"));
        }
        *answered = *n;
        if !is_taken {
            return Ok(());
        }
        let there: BTreeSet<Member> = self.room.people.iter().map(|who| who.id).collect();
        let mut hear = |member: &Member, body: &Body| {
            if there.contains(member) {
                self.has_to_hear.entry(*member).or_default().push(body.0.to_string());
            }
        };
        match say {
            Say::Send { to: None, body, .. } => {
                if !self.inside.contains(&from) {
                    return Err(format!("{from:?} waits and talks to the group"));
                }
                self.inside.iter().filter(|member| **member != from).for_each(|member| hear(member, body));
            }
            Say::Send { to: Some(to), body, kind, .. } => {
                let is_host = |member: &Member| self.roles.get(member) == Some(&Role::Host);
                let may = match kind {
                    Kind::Letter => is_host(&from) || is_host(to),
                    Kind::Message | Kind::Part => self.inside.contains(&from) && self.inside.contains(to),
                };
                if !may {
                    return Err(format!("{from:?} may not say a {kind:?} to {to:?}"));
                }
                hear(to, body);
            }
            Say::Commit { after, body, admit, remove, .. } => {
                let next = self.group.map_or(0, |group| group.generation) + 1;
                let begins = *after == Epoch { generation: next, epoch: 0 };
                if !begins && self.group != Some(*after) {
                    return Err(format!("a commit after {after:?}, but the group is at {:?}", self.group));
                }
                let stays = |member: &&Member| !begins && **member != from && !remove.contains(member);
                let staying: BTreeSet<Member> = self.inside.iter().filter(stays).copied().collect();
                staying.iter().for_each(|member| hear(member, body));
                admit.iter().for_each(|admission| hear(&admission.member, &admission.welcome));
                for member in self.inside.iter().filter(|member| !staying.contains(member)) {
                    self.letters.remove(member);
                }
                self.group = Some(Epoch { epoch: after.epoch + 1, ..*after });
                self.inside = staying;
                self.inside.insert(from);
                self.inside.extend(admit.iter().map(|admission| admission.member));
            }
            _ => {}
        }
        Ok(())
    }

    /// She reads so many things.
    pub(in super::super) fn read(&mut self, who: usize, most: usize) -> Result<(), Wrong> {
        for _ in 0..most {
            let Some(heard) = self.clients[who].down.pop_front() else { break };
            self.understand(who, &heard)?;
        }
        Ok(())
    }

    pub(super) fn understand(&mut self, who: usize, heard: &Value) -> Result<(), Wrong> {
        let client = &mut self.clients[who];
        let member = heard["member"].as_u64().map(|member| Member(u32::try_from(member).unwrap()));
        let n = heard["n"].as_u64().unwrap_or_default();
        match heard["hear"].as_str().unwrap_or_default() {
            "inside" => self.came(who, member.unwrap(), heard),
            "over" => {
                client.socket = None;
                client.is_in = false;
                client.up.clear();
                client.down.clear();
                let why = heard["why"].as_str().unwrap();
                // who takes nothing for so long, while others wait, is gone
                let is_slow = self.now.duration_since(client.took) >= SMALL.grace;
                if why == "protocol" || why == "too_fast" && !client.stubborn && !is_slow {
                    return Err(format!("{who} kept to the protocol and was cut off"));
                }
                if why != "too_fast" {
                    client.session = None;
                }
                Ok(())
            }
            "message" | "commit" => self.heard(who, heard),
            kind => {
                let Some(session) = &mut client.session else { return Ok(()) };
                match kind {
                    "taken" | "refused" => session.pending.retain(|(pending, _)| u64::from(*pending) != n),
                    "full" => session.is_full = true,
                    "space" => {
                        session.is_full = false;
                        client.up.extend(session.pending.iter().map(|(_, say)| say.clone()));
                    }
                    "person" if member == Some(session.member) && heard["standing"] == "waiting" => {
                        session.knocked = false;
                    }
                    _ => {}
                }
                Ok(())
            }
        }
    }

    pub(super) fn came(&mut self, who: usize, member: Member, heard: &Value) -> Result<(), Wrong> {
        let client = &mut self.clients[who];
        client.is_in = true;
        let secret = Token(heard["secret"].as_str().unwrap().to_owned());
        let taken = heard["taken"].as_u64().unwrap();
        if heard["resumed"] == true {
            let session = client.session.as_mut().ok_or("nobody to go on as")?;
            session.is_full = false;
            // what is not known to be refused was taken; the refusals follow
            session.pending.retain(|(n, _)| u64::from(*n) > taken);
            session.knocked = self.letters.contains(&member);
            client.up = session.pending.iter().map(|(_, say)| say.clone()).collect();
        } else {
            self.roles.insert(member, role(who));
            client.session = Some(Session {
                member,
                secret,
                seen: 0,
                next: 0,
                pending: VecDeque::new(),
                is_full: false,
                knocked: false,
            });
        }
        Ok(())
    }

    pub(super) fn heard(&mut self, who: usize, heard: &Value) -> Result<(), Wrong> {
        let session = self.clients[who].session.as_mut().ok_or("a thing before the first word")?;
        let seq = heard["seq"].as_u64().unwrap();
        if seq <= session.seen {
            return Err(format!("{:?} heard {seq} after {}", session.member, session.seen));
        }
        session.seen = seq;
        let at = self.has_heard.entry(session.member).or_default();
        let expected = self.has_to_hear.get(&session.member).and_then(|all| all.get(*at));
        if expected.map(String::as_str) != heard["body"].as_str() {
            return Err(format!("{:?} heard {heard} instead of {expected:?}", session.member));
        }
        *at += 1;
        self.heard += 1;
        Ok(())
    }

    /// Brings what the room has to say on its way, and looks at what must always hold.
    pub(super) fn after(&mut self) -> Result<(), Wrong> {
        let there: BTreeSet<Member> = self.room.people.iter().map(|who| who.id).collect();
        self.inside.retain(|member| there.contains(member));
        for out in self.room.out.drain(..) {
            let (Out::Frame { socket, text } | Out::Last { socket, text }) = out else { continue };
            let Some(client) = self.clients.iter_mut().find(|client| client.socket == Some(socket)) else {
                continue;
            };
            let heard: Value = serde_json::from_str(&text).unwrap();
            client.ahead.extend(heard["seq"].as_u64());
            client.down.push_back(heard);
        }
        let (things, bytes) = self.room.ring.load();
        if things > SMALL.things || bytes > SMALL.bytes {
            return Err(format!("{things} things with {bytes} bytes are kept"));
        }
        if let Some(client) = self.clients.iter().find(|client| client.ahead.len() > SMALL.ahead_things) {
            return Err(format!("{} things are ahead", client.ahead.len()));
        }
        let really: BTreeSet<Member> =
            self.room.people.iter().filter(|who| who.is_inside()).map(|who| who.id).collect();
        if really != self.inside || self.room.group != self.group {
            return Err(format!("{really:?} are inside instead of {:?}", self.inside));
        }
        Ok(())
    }
}
