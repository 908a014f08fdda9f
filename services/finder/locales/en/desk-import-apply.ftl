# Import in the browser: differences, applying, history, roll-back.

## Differences

desk-import-apply-differences-title = Differences: { $source }
desk-import-apply-not-done = Not carried out
desk-import-apply-done-kept = Your choice is kept. Nothing has changed in the directory yet.
desk-import-apply-done-asked = Your request for agreement is on this page now. Pass the link on to a second administrator.
desk-import-apply-done-agreed = You have agreed. The import can be applied now.
desk-import-apply-refused-stale = Something has changed here in the meantime. Please look at the page again and then decide.
desk-import-apply-refused-self = Whoever asks for agreement cannot agree herself. A second administrator has to do that.
desk-import-apply-refused-agreement = This import first needs a second person to agree, or there is nothing to apply.
desk-import-apply-refused-moved = Nothing was rolled back: the directory is no longer as the page showed it. This is the new state.
desk-import-apply-refused-pairs = The decisions about the centre with ID { $id } do not fit together. A centre of the list can be merged with one other centre only. A centre can become part of one other only. Nothing was kept. Please change the choice.
desk-import-apply-compare = Compare with the directory
desk-import-apply-compare-again = Compare again
desk-import-apply-compare-lead = The list has been checked. Next it is compared with the directory. That does not change anything yet.
desk-import-apply-compare-interrupted = The comparison was interrupted
desk-import-apply-unchanged-directory = Nothing has changed in the directory.
desk-import-apply-to-check = Back to the check
desk-import-apply-to-apply = Continue to applying
desk-import-apply-moved = The directory has changed in the meantime
desk-import-apply-moved-text = That is why nothing has been applied yet. These are the new differences. Please look at them again.
desk-import-apply-nothing = The list says nothing new
desk-import-apply-nothing-text =
    { $count ->
        [one] One centre is in the directory exactly so already.
       *[other] { $count } centres are in the directory exactly so already.
    }
desk-import-apply-unchanged =
    { $count ->
        [0] Every centre of the list is new or different from the directory.
        [one] One centre of the list is unchanged.
       *[other] { $count } centres of the list are unchanged.
    }
desk-import-apply-will-withdraw =
    { $count ->
        [one] One centre will be taken off.
       *[other] { $count } centres will be taken off.
    }
desk-import-apply-agreement = Agreement of a second person
desk-import-apply-agreed = { $name } agreed on { $when }.
desk-import-apply-asked = { $name } asked for agreement on { $when }.
desk-import-apply-agree-text = Look at the differences. Agree only if so many changes are right.
desk-import-apply-agree = I agree
desk-import-apply-wait = Only another administrator can agree. She finds this page under “Import lists”.
desk-import-apply-ask-text = So many changes are only applied once a second administrator agrees.
desk-import-apply-ask = Ask for agreement
desk-import-apply-not-at-all = The list cannot be applied like this. Check files and mapping.
desk-import-apply-tabs = Kinds of differences
desk-import-apply-tab-new = New
desk-import-apply-tab-changed = Changed
desk-import-apply-tab-conflicts = Edited by hand
desk-import-apply-tab-missing = Missing in the list
desk-import-apply-tab-duplicates = Possible duplicates
desk-import-apply-lead-new = These centres will be added to the directory.
desk-import-apply-lead-changed = About these centres the list says something else than last time.
desk-import-apply-lead-conflicts = Somebody edited these details by hand. They stay unless you choose the value of the list.
desk-import-apply-lead-missing = These centres are in the directory but no longer in the list. They stay unless you take them off.
desk-import-apply-lead-duplicates = These centres may be in another list already. Decide here, or later under “Duplicates”. What you merge can be taken apart again.
desk-import-apply-search = Search in these differences
desk-import-apply-found =
    { $count ->
        [0] Nothing found
        [one] One result
       *[other] { $count } results
    }
desk-import-apply-none = Nothing here
desk-import-apply-none-text = There are no differences under this tab.
desk-import-apply-external = ID { $id }
desk-import-apply-conflicts-of = Details edited by hand: { $name }
desk-import-apply-changes-of = Details: { $name }
desk-import-apply-decision = Decision
desk-import-apply-edited-by = Edited by { $name } on { $when }
desk-import-apply-take-list = Take the value of the list
desk-import-apply-keep-choices = Keep this choice
desk-import-apply-all-go = All missing centres will be taken off.
desk-import-apply-keep-all = Keep all after all
desk-import-apply-withdraw-all = Take all off
desk-import-apply-withdraw = Take off
desk-import-apply-goes = will be taken off
desk-import-apply-centre = Centre
desk-import-apply-place = Place
desk-import-apply-id = ID
desk-import-apply-pair = Maybe the same centre: { $name }, { $place } (list “{ $list }”)
desk-import-apply-pair-probable = Probably the same centre: { $score } of 100 points
desk-import-apply-pair-possible = Perhaps the same centre: { $score } of 100 points
desk-import-apply-pair-compare = { $name } and { $other } compared
desk-import-apply-pair-own = This list
desk-import-apply-pair-other = In the directory
desk-import-apply-pair-decision = What shall happen?
desk-import-apply-pair-later = Decide later
desk-import-apply-pair-centre-leads = Merge: the directory counts, this list fills gaps
desk-import-apply-pair-record-leads = Merge: this list counts, the directory fills gaps
desk-import-apply-pair-apart = Keep apart
desk-import-apply-against = Against it:
desk-import-apply-has-conflicts =
    { $count ->
        [one] One of these details was edited by hand.
       *[other] { $count } of these details were edited by hand.
    }

## Applying

desk-import-apply-title = Apply: { $source }
desk-import-apply-interrupted = Applying was interrupted
desk-import-apply-interrupted-text = Nothing was applied: an import happens whole or not at all. Please start it again.
desk-import-apply-again = Apply again
desk-import-apply-confirm = Apply these changes?
desk-import-apply-confirm-text = People who search see the changes at once. You can roll the import back later under “Earlier imports”.
desk-import-apply-submit = Apply now
desk-import-apply-ahead-new =
    { $count ->
        [0] No centre is added.
        [one] One centre is added.
       *[other] { $count } centres are added.
    }
desk-import-apply-ahead-changed =
    { $count ->
        [0] No centre changes.
        [one] One centre changes.
       *[other] { $count } centres change.
    }
desk-import-apply-ahead-withdrawn =
    { $count ->
        [0] No centre is taken off.
        [one] One centre is taken off.
       *[other] { $count } centres are taken off.
    }
desk-import-apply-ahead-missing =
    { $count ->
        [one] One centre is missing in the list and stays all the same.
       *[other] { $count } centres are missing in the list and stay all the same.
    }
desk-import-apply-ahead-kept =
    { $count ->
        [one] One detail stays as it was edited by hand.
       *[other] { $count } details stay as they were edited by hand.
    }
desk-import-apply-ahead-dropped =
    { $count ->
        [one] One detail edited by hand gets the value of the list.
       *[other] { $count } details edited by hand get the value of the list.
    }
desk-import-apply-ahead-merged =
    { $count ->
        [one] One centre is merged with a centre of another list.
       *[other] { $count } centres are merged with centres of other lists.
    }
desk-import-apply-ahead-apart =
    { $count ->
        [one] One pair of possible duplicates is kept apart.
       *[other] { $count } pairs of possible duplicates are kept apart.
    }
desk-import-apply-ahead-later =
    { $count ->
        [one] You decide about one possible duplicate later.
       *[other] You decide about { $count } possible duplicates later.
    }
desk-import-apply-ahead-agreed = Agreed by: { $name }
desk-import-apply-outcome = The import has been applied
desk-import-apply-outcome-nothing = There was nothing to apply
desk-import-apply-outcome-new =
    { $count ->
        [0] No centre was added.
        [one] People who search now find one new centre.
       *[other] People who search now find { $count } new centres.
    }
desk-import-apply-outcome-changed =
    { $count ->
        [0] No centre has changed.
        [one] People who search now see new details of one centre.
       *[other] People who search now see new details of { $count } centres.
    }
desk-import-apply-outcome-withdrawn =
    { $count ->
        [one] People who search do not find one centre any more.
       *[other] People who search do not find { $count } centres any more.
    }
desk-import-apply-run-merged =
    { $count ->
        [one] One centre was merged with another one.
       *[other] { $count } centres were merged with others.
    }
desk-import-apply-run-parted =
    { $count ->
        [one] One merged centre stands alone again.
       *[other] { $count } merged centres stand alone again.
    }
desk-import-apply-examples = What people who search see now
desk-import-apply-to-run = All changes of this import
desk-import-apply-to-duplicates = Decide on duplicates

## History

desk-import-apply-when = When
desk-import-apply-what = What
desk-import-apply-who = Who
desk-import-apply-withdrawn = Taken off
desk-import-apply-second = Agreed by
desk-import-apply-no-second = not needed
desk-import-apply-stayed = Missing in the list, but stayed
desk-import-apply-kind-import = Import
desk-import-apply-kind-roll-back = Roll-back
desk-import-apply-taken-back = rolled back
desk-import-apply-no-runs = No import yet
desk-import-apply-no-runs-text = Every import stands here once it has been applied.
desk-import-apply-run-title = { $source }, { $when }
desk-import-apply-roll-back = Roll back …
desk-import-apply-reverse-of = To the import that was rolled back with this
desk-import-apply-details-gone = Details are not kept any more
desk-import-apply-details-gone-text = This import is too old. It can no longer be shown or rolled back.
desk-import-apply-change-new = new
desk-import-apply-change-returned = back again
desk-import-apply-change-withdrawn = taken off
desk-import-apply-change-changed = changed
desk-import-apply-first = To the beginning
desk-import-apply-next = More changes

## Roll-back

desk-import-apply-rollback-title = Roll back: { $source }, { $when }
desk-import-apply-rollback-confirm = Roll this import back?
desk-import-apply-rollback-text = What somebody has edited by hand since then stays. The roll-back itself can be rolled back, too.
desk-import-apply-rollback-submit = Roll back now
desk-import-apply-rollback-nothing = There is nothing to roll back
desk-import-apply-done-rolled-back = The import has been rolled back. People who search see the earlier state again.
desk-import-apply-back-removed =
    { $count ->
        [one] One centre goes again.
       *[other] { $count } centres go again.
    }
desk-import-apply-back-returned =
    { $count ->
        [one] One centre comes back.
       *[other] { $count } centres come back.
    }
desk-import-apply-back-changed =
    { $count ->
        [one] One centre gets its earlier details.
       *[other] { $count } centres get their earlier details.
    }
desk-import-apply-back-edits =
    { $count ->
        [one] One edit by hand holds again.
       *[other] { $count } edits by hand hold again.
    }
desk-import-apply-back-parted =
    { $count ->
        [one] One merge of this import is undone.
       *[other] { $count } merges of this import are undone.
    }
desk-import-apply-back-merged =
    { $count ->
        [one] One merge applies again.
       *[other] { $count } merges apply again.
    }
desk-import-apply-back-apart =
    { $count ->
        [one] One pair that was kept apart is looked at again.
       *[other] { $count } pairs that were kept apart are looked at again.
    }
desk-import-apply-back-kept =
    { $count ->
        [one] One centre stays as it is. The reason is below.
       *[other] { $count } centres stay as they are. The reasons are below.
    }
desk-import-apply-kept = What stays as it is
desk-import-apply-more = … and { $count } more
desk-import-apply-kept-changed-later = A later import changed it.
desk-import-apply-kept-edited-since = It came with this import and has been edited by hand since.
desk-import-apply-kept-merged-since = It came with this import and has been merged with another centre since.
desk-import-apply-kept-address-taken = The address of its page belongs to another centre by now.
desk-import-apply-kept-regrouped-since = This import merged it, and somebody has changed that since. It stays with the centre it belongs to now.
desk-import-apply-reversal-removed = goes
desk-import-apply-reversal-returned = comes back
desk-import-apply-reversal-changed = is reset
