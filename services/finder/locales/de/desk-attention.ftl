# Was auf der Startseite wartet.
desk-attention-agreements =
    { $count ->
        [one] Ein Import wartet auf Ihre Zustimmung.
       *[other] { $count } Importe warten auf Ihre Zustimmung.
    }
desk-attention-duplicates =
    { $count ->
        [one] Eine mögliche Dublette ist noch nicht entschieden.
       *[other] { $count } mögliche Dubletten sind noch nicht entschieden.
    }
desk-attention-unconfirmed =
    { $count ->
        [one] Die Angaben Ihrer Stelle hat seit einem Jahr niemand bestätigt.
       *[other] Bei { $count } Ihrer Stellen hat seit einem Jahr niemand die Angaben bestätigt.
    }
