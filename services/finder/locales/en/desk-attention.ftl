# What waits on the start page.
desk-attention-agreements =
    { $count ->
        [one] One import waits for your agreement.
       *[other] { $count } imports wait for your agreement.
    }
desk-attention-duplicates =
    { $count ->
        [one] One possible duplicate is not decided yet.
       *[other] { $count } possible duplicates are not decided yet.
    }
desk-attention-unconfirmed =
    { $count ->
        [one] Nobody has confirmed the details of your centre for a year.
       *[other] Nobody has confirmed the details of { $count } of your centres for a year.
    }
