# Import im Browser: Unterschiede, Übernahme, Verlauf, Rücknahme.

## Unterschiede

desk-import-apply-differences-title = Unterschiede: { $source }
desk-import-apply-not-done = Nicht ausgeführt
desk-import-apply-done-kept = Ihre Auswahl ist gemerkt. Im Verzeichnis hat sich noch nichts geändert.
desk-import-apply-done-asked = Die Bitte um Zustimmung steht jetzt auf dieser Seite. Geben Sie den Link an eine zweite Person der Administration weiter.
desk-import-apply-done-agreed = Sie haben zugestimmt. Der Import kann jetzt übernommen werden.
desk-import-apply-refused-stale = Inzwischen hat sich hier etwas geändert. Sehen Sie sich die Seite noch einmal an und entscheiden Sie dann neu.
desk-import-apply-refused-self = Wer um Zustimmung bittet, kann nicht selbst zustimmen. Das muss eine zweite Person der Administration tun.
desk-import-apply-refused-agreement = Dieser Import braucht erst die Zustimmung einer zweiten Person, oder es gibt nichts zu übernehmen.
desk-import-apply-refused-moved = Es wurde nichts zurückgenommen: Das Verzeichnis ist anders als auf der gezeigten Seite. Hier ist der neue Stand.
desk-import-apply-refused-pairs = Die Entscheidungen zur Stelle mit der Kennung { $id } passen nicht zusammen. Eine Stelle der Liste lässt sich nur mit einer anderen zusammenführen. Eine Stelle geht nur in einer anderen auf. Es wurde nichts gemerkt. Ändern Sie die Auswahl.
desk-import-apply-compare = Mit dem Verzeichnis vergleichen
desk-import-apply-compare-again = Noch einmal vergleichen
desk-import-apply-compare-lead = Die Liste ist geprüft. Als Nächstes wird sie mit dem Verzeichnis verglichen. Dabei ändert sich noch nichts.
desk-import-apply-compare-interrupted = Der Vergleich wurde unterbrochen
desk-import-apply-unchanged-directory = Am Verzeichnis hat sich nichts geändert.
desk-import-apply-to-check = Zur Prüfung
desk-import-apply-to-apply = Weiter zur Übernahme
desk-import-apply-moved = Das Verzeichnis hat sich inzwischen geändert
desk-import-apply-moved-text = Deshalb wurde noch nichts übernommen. Hier stehen die neuen Unterschiede. Bitte sehen Sie sie noch einmal an.
desk-import-apply-nothing = Die Liste bringt nichts Neues
desk-import-apply-nothing-text =
    { $count ->
        [one] Eine Stelle steht schon genau so im Verzeichnis.
       *[other] { $count } Stellen stehen schon genau so im Verzeichnis.
    }
desk-import-apply-unchanged =
    { $count ->
        [0] Jede Stelle der Liste ist neu oder anders als im Verzeichnis.
        [one] Eine Stelle der Liste ist unverändert.
       *[other] { $count } Stellen der Liste sind unverändert.
    }
desk-import-apply-will-withdraw =
    { $count ->
        [one] Eine Stelle wird herausgenommen.
       *[other] { $count } Stellen werden herausgenommen.
    }
desk-import-apply-agreement = Zustimmung einer zweiten Person
desk-import-apply-agreed = { $name } hat am { $when } zugestimmt.
desk-import-apply-asked = { $name } hat am { $when } um Zustimmung gebeten.
desk-import-apply-agree-text = Sehen Sie sich die Unterschiede an. Stimmen Sie nur zu, wenn so viele Änderungen richtig sind.
desk-import-apply-agree = Ich stimme zu
desk-import-apply-wait = Zustimmen kann nur eine andere Person der Administration. Sie findet diese Seite unter „Listen importieren“.
desk-import-apply-ask-text = So viele Änderungen werden erst übernommen, wenn eine zweite Person der Administration zustimmt.
desk-import-apply-ask = Um Zustimmung bitten
desk-import-apply-not-at-all = So lässt sich die Liste nicht übernehmen. Prüfen Sie Dateien und Zuordnung.
desk-import-apply-tabs = Arten von Unterschieden
desk-import-apply-tab-new = Neu
desk-import-apply-tab-changed = Geändert
desk-import-apply-tab-conflicts = Von Hand geändert
desk-import-apply-tab-missing = Fehlen in der Liste
desk-import-apply-tab-duplicates = Mögliche Dubletten
desk-import-apply-lead-new = Diese Stellen kommen neu in das Verzeichnis.
desk-import-apply-lead-changed = Bei diesen Stellen sagt die Liste etwas anderes als beim letzten Mal.
desk-import-apply-lead-conflicts = Diese Angaben hat jemand von Hand geändert. Das bleibt so, wenn Sie nicht den Wert der Liste wählen.
desk-import-apply-lead-missing = Diese Stellen stehen im Verzeichnis, aber nicht mehr in der Liste. Sie bleiben, wenn Sie sie nicht herausnehmen.
desk-import-apply-lead-duplicates = Diese Stellen stehen vielleicht schon in einer anderen Liste. Entscheiden Sie hier oder später unter „Dubletten“. Was Sie zusammenführen, lässt sich wieder lösen.
desk-import-apply-search = In diesen Unterschieden suchen
desk-import-apply-found =
    { $count ->
        [0] Nichts gefunden
        [one] Ein Treffer
       *[other] { $count } Treffer
    }
desk-import-apply-none = Hier ist nichts
desk-import-apply-none-text = Unter diesem Reiter gibt es keine Unterschiede.
desk-import-apply-external = Kennung { $id }
desk-import-apply-conflicts-of = Von Hand geänderte Angaben: { $name }
desk-import-apply-changes-of = Angaben: { $name }
desk-import-apply-decision = Entscheidung
desk-import-apply-edited-by = Geändert von { $name } am { $when }
desk-import-apply-take-list = Wert der Liste nehmen
desk-import-apply-keep-choices = Auswahl merken
desk-import-apply-all-go = Alle fehlenden Stellen werden herausgenommen.
desk-import-apply-keep-all = Doch alle behalten
desk-import-apply-withdraw-all = Alle herausnehmen
desk-import-apply-withdraw = Herausnehmen
desk-import-apply-goes = wird herausgenommen
desk-import-apply-centre = Stelle
desk-import-apply-place = Ort
desk-import-apply-id = Kennung
desk-import-apply-pair = Vielleicht dieselbe Stelle: { $name }, { $place } (Liste „{ $list }“)
desk-import-apply-pair-probable = Vermutlich dieselbe Stelle: { $score } von 100 Punkten
desk-import-apply-pair-possible = Vielleicht dieselbe Stelle: { $score } von 100 Punkten
desk-import-apply-pair-compare = { $name } und { $other } im Vergleich
desk-import-apply-pair-own = Diese Liste
desk-import-apply-pair-other = Im Verzeichnis
desk-import-apply-pair-decision = Was soll geschehen?
desk-import-apply-pair-later = Später entscheiden
desk-import-apply-pair-centre-leads = Zusammenführen: Das Verzeichnis gilt, diese Liste ergänzt
desk-import-apply-pair-record-leads = Zusammenführen: Diese Liste gilt, das Verzeichnis ergänzt
desk-import-apply-pair-apart = Getrennt lassen
desk-import-apply-against = Dagegen:
desk-import-apply-has-conflicts =
    { $count ->
        [one] Eine dieser Angaben ist von Hand geändert.
       *[other] { $count } dieser Angaben sind von Hand geändert.
    }

## Übernahme

desk-import-apply-title = Übernahme: { $source }
desk-import-apply-interrupted = Die Übernahme wurde unterbrochen
desk-import-apply-interrupted-text = Es wurde nichts übernommen: Ein Import geschieht ganz oder gar nicht. Starten Sie ihn bitte noch einmal.
desk-import-apply-again = Noch einmal übernehmen
desk-import-apply-confirm = Diese Änderungen übernehmen?
desk-import-apply-confirm-text = Suchende sehen die Änderungen sofort. Sie können den Import später unter „Frühere Importe“ zurücknehmen.
desk-import-apply-submit = Jetzt übernehmen
desk-import-apply-ahead-new =
    { $count ->
        [0] Keine Stelle kommt dazu.
        [one] Eine Stelle kommt dazu.
       *[other] { $count } Stellen kommen dazu.
    }
desk-import-apply-ahead-changed =
    { $count ->
        [0] Keine Stelle ändert sich.
        [one] Eine Stelle ändert sich.
       *[other] { $count } Stellen ändern sich.
    }
desk-import-apply-ahead-withdrawn =
    { $count ->
        [0] Keine Stelle wird herausgenommen.
        [one] Eine Stelle wird herausgenommen.
       *[other] { $count } Stellen werden herausgenommen.
    }
desk-import-apply-ahead-missing =
    { $count ->
        [one] Eine Stelle fehlt in der Liste und bleibt trotzdem.
       *[other] { $count } Stellen fehlen in der Liste und bleiben trotzdem.
    }
desk-import-apply-ahead-kept =
    { $count ->
        [one] Eine Angabe bleibt, wie sie von Hand geändert wurde.
       *[other] { $count } Angaben bleiben, wie sie von Hand geändert wurden.
    }
desk-import-apply-ahead-dropped =
    { $count ->
        [one] Eine von Hand geänderte Angabe bekommt den Wert der Liste.
       *[other] { $count } von Hand geänderte Angaben bekommen den Wert der Liste.
    }
desk-import-apply-ahead-merged =
    { $count ->
        [one] Eine Stelle wird mit einer Stelle einer anderen Liste zusammengeführt.
       *[other] { $count } Stellen werden mit Stellen anderer Listen zusammengeführt.
    }
desk-import-apply-ahead-apart =
    { $count ->
        [one] Ein Paar möglicher Dubletten bleibt getrennt.
       *[other] { $count } Paare möglicher Dubletten bleiben getrennt.
    }
desk-import-apply-ahead-later =
    { $count ->
        [one] Eine mögliche Dublette entscheiden Sie später.
       *[other] { $count } mögliche Dubletten entscheiden Sie später.
    }
desk-import-apply-ahead-agreed = Zugestimmt hat: { $name }
desk-import-apply-outcome = Der Import ist übernommen
desk-import-apply-outcome-nothing = Es gab nichts zu übernehmen
desk-import-apply-outcome-new =
    { $count ->
        [0] Keine Stelle ist dazugekommen.
        [one] Suchende finden jetzt eine neue Stelle.
       *[other] Suchende finden jetzt { $count } neue Stellen.
    }
desk-import-apply-outcome-changed =
    { $count ->
        [0] Keine Stelle hat sich geändert.
        [one] Suchende sehen jetzt neue Angaben bei einer Stelle.
       *[other] Suchende sehen jetzt neue Angaben bei { $count } Stellen.
    }
desk-import-apply-outcome-withdrawn =
    { $count ->
        [one] Suchende finden eine Stelle nicht mehr.
       *[other] Suchende finden { $count } Stellen nicht mehr.
    }
desk-import-apply-run-merged =
    { $count ->
        [one] Eine Stelle wurde mit einer anderen zusammengeführt.
       *[other] { $count } Stellen wurden mit anderen zusammengeführt.
    }
desk-import-apply-run-parted =
    { $count ->
        [one] Eine zusammengeführte Stelle steht wieder allein.
       *[other] { $count } zusammengeführte Stellen stehen wieder allein.
    }
desk-import-apply-examples = So sehen es Suchende jetzt
desk-import-apply-to-run = Alle Änderungen dieses Imports
desk-import-apply-to-duplicates = Dubletten entscheiden

## Verlauf

desk-import-apply-when = Wann
desk-import-apply-what = Was
desk-import-apply-who = Wer
desk-import-apply-withdrawn = Herausgenommen
desk-import-apply-second = Zugestimmt
desk-import-apply-no-second = nicht nötig
desk-import-apply-stayed = Fehlten in der Liste und blieben
desk-import-apply-kind-import = Import
desk-import-apply-kind-roll-back = Rücknahme
desk-import-apply-taken-back = zurückgenommen
desk-import-apply-no-runs = Noch kein Import
desk-import-apply-no-runs-text = Hier steht jeder Import, sobald er übernommen ist.
desk-import-apply-run-title = { $source }, { $when }
desk-import-apply-roll-back = Zurücknehmen …
desk-import-apply-reverse-of = Zum Import, der damit zurückgenommen wurde
desk-import-apply-details-gone = Einzelheiten werden nicht mehr aufbewahrt
desk-import-apply-details-gone-text = Dieser Import ist zu alt. Er lässt sich nicht mehr anzeigen und nicht zurücknehmen.
desk-import-apply-change-new = neu
desk-import-apply-change-returned = wieder da
desk-import-apply-change-withdrawn = herausgenommen
desk-import-apply-change-changed = geändert
desk-import-apply-first = Zum Anfang
desk-import-apply-next = Weitere Änderungen

## Rücknahme

desk-import-apply-rollback-title = Zurücknehmen: { $source }, { $when }
desk-import-apply-rollback-confirm = Diesen Import zurücknehmen?
desk-import-apply-rollback-text = Was jemand seither von Hand geändert hat, bleibt. Auch die Rücknahme lässt sich wieder zurücknehmen.
desk-import-apply-rollback-submit = Jetzt zurücknehmen
desk-import-apply-rollback-nothing = Es gibt nichts zurückzunehmen
desk-import-apply-done-rolled-back = Der Import ist zurückgenommen. Suchende sehen wieder den Stand von vorher.
desk-import-apply-back-removed =
    { $count ->
        [one] Eine Stelle verschwindet wieder.
       *[other] { $count } Stellen verschwinden wieder.
    }
desk-import-apply-back-returned =
    { $count ->
        [one] Eine Stelle kommt zurück.
       *[other] { $count } Stellen kommen zurück.
    }
desk-import-apply-back-changed =
    { $count ->
        [one] Eine Stelle bekommt ihre alten Angaben.
       *[other] { $count } Stellen bekommen ihre alten Angaben.
    }
desk-import-apply-back-edits =
    { $count ->
        [one] Eine Änderung von Hand gilt wieder.
       *[other] { $count } Änderungen von Hand gelten wieder.
    }
desk-import-apply-back-parted =
    { $count ->
        [one] Eine Zusammenführung dieses Imports wird gelöst.
       *[other] { $count } Zusammenführungen dieses Imports werden gelöst.
    }
desk-import-apply-back-merged =
    { $count ->
        [one] Eine Zusammenführung gilt wieder.
       *[other] { $count } Zusammenführungen gelten wieder.
    }
desk-import-apply-back-apart =
    { $count ->
        [one] Ein getrennt gelassenes Paar wird wieder geprüft.
       *[other] { $count } getrennt gelassene Paare werden wieder geprüft.
    }
desk-import-apply-back-kept =
    { $count ->
        [one] Eine Stelle bleibt, wie sie ist. Der Grund steht unten.
       *[other] { $count } Stellen bleiben, wie sie sind. Die Gründe stehen unten.
    }
desk-import-apply-kept = Was bleibt, wie es ist
desk-import-apply-more = … und { $count } weitere
desk-import-apply-kept-changed-later = Ein späterer Import hat sie geändert.
desk-import-apply-kept-edited-since = Sie kam mit diesem Import und wurde seither von Hand geändert.
desk-import-apply-kept-merged-since = Sie kam mit diesem Import und wurde seither mit einer anderen Stelle zusammengeführt.
desk-import-apply-kept-address-taken = Die Adresse ihrer Seite gehört inzwischen einer anderen Stelle.
desk-import-apply-kept-regrouped-since = Dieser Import hat sie zusammengeführt, und das hat seither jemand geändert. Die Zuordnung bleibt, wie sie jetzt ist.
desk-import-apply-reversal-removed = verschwindet
desk-import-apply-reversal-returned = kommt zurück
desk-import-apply-reversal-changed = wird zurückgesetzt
