//! The page of a complaint's files, in English.

use super::super::super::Files;
use crate::evidence::FileState;

pub(in super::super) const FILES: Files = Files {
    title: "Files",
    lead: "A photograph, a bill, a letter: what shows what happened helps us.",
    open: "Look at the files, or send one",
    sent: "Your file has been sent",
    sent_then: "It is checked before anybody can open it. This page shows what became of it; look again in a minute.",
    none: "There are no files with this complaint yet.",
    nameless: "A file whose name was erased",
    state: |state| match state {
        FileState::Waiting => "Waiting to be checked. Sent on",
        FileState::Kept => "We have it. Sent on",
        FileState::Unfit => {
            "Not taken: it is too large, or not of a type that we take, or not what its name says. Sent on"
        }
        FileState::Infected => "Not taken: our check found something harmful in it. Sent on",
        FileState::Unscanned => "Not taken: it could not be checked. Please send it in another form. Sent on",
        FileState::Erased => "Taken away with your data. Sent on",
    },
    send_title: "Send a file",
    choose: "Choose a file",
    bounds: |files, megabytes, types| {
        format!(
            "At most {files} files in all, each of at most {megabytes} MB: {types}. Never a password, PIN or full card number."
        )
    },
    send: "Send the file",
    no_more: "No more files can be sent here: there are as many as we take, or your complaint is over. If you have more, \
              write to us at the address below.",
};
