### Hilfe

help-title = Hilfe
help-lead = So finden Sie die richtige Stelle.
help-words-heading = Was schreibe ich bei „Womit brauchen Sie Hilfe?“
help-words-text = Schreiben Sie mit Ihren eigenen Worten, was los ist. Ein Wort reicht. Zum Beispiel: „Schulden“, „Strom abgestellt“, „mein Sohn kifft“ oder „Kündigung der Wohnung“.
help-words-typos = Fehler beim Schreiben sind nicht schlimm. Die Suche versteht auch viele Wörter in anderen Sprachen.
help-words-empty = Sie können das Feld auch leer lassen. Dann sehen Sie alle Stellen am Ort.
help-words-personal = Schreiben Sie keine Namen und keine Geburtsdaten. Für die Suche brauchen wir das nicht.
help-place-heading = Was schreibe ich bei „Wo?“
help-place-text = Eine Postleitzahl, ein Stück davon, einen Ort, einen Stadtteil oder einen Landkreis. Zum Beispiel: „79100“, „791“, „Bonn“ oder „Ortenaukreis“.
help-place-why = Viele Stellen sind nur für bestimmte Orte zuständig. Darum fragen wir danach.
help-responsible-heading = Was heißt „zuständig“?
help-responsible-text = Eine zuständige Stelle ist für Menschen aus Ihrem Ort da. Dort werden Sie nicht weggeschickt.
help-responsible-other = Steht dort „nicht zuständig“? Dann können Sie trotzdem anrufen. Die Stelle hilft Ihnen oder sagt Ihnen, wer es tut.
help-order-heading = Warum steht eine Stelle oben?
help-order-text = Oben steht, was am besten zu Ihren Wörtern und Ihrem Ort passt. Bei jeder Stelle steht, warum sie in der Liste ist. Niemand kann sich einen Platz kaufen.
help-cost-heading = Kostet das etwas?
help-cost-text = Nein. Die Suche ist kostenlos. In unserem Verzeichnis stehen nur Stellen, die kostenlos beraten. Verlangt eine Stelle Geld? Dann fragen Sie nach und melden Sie es uns.
help-anonymous-heading = Erfährt jemand davon?
help-anonymous-text = Von uns nicht. Wir speichern nicht, was Sie suchen. Die Beratung selbst ist vertraulich.
help-anonymous-traces = Was auf Ihrem Gerät bleibt, steht auf der Seite „Spuren“.
help-language-heading = Ich spreche wenig Deutsch
help-language-text = Sie können nach der Sprache der Beratung filtern. Sie können auch jemanden zum Übersetzen mitbringen. Fragen Sie die Stelle vorher.
help-none-heading = Ich finde nichts
help-none-text = Schreiben Sie weniger Wörter oder einen größeren Ort. Nehmen Sie Filter weg. Oder rufen Sie ein Krisentelefon an: Dort hört Ihnen sofort jemand zu.
help-wrong-heading = Ein Eintrag ist falsch
help-wrong-text = Unten auf der Seite jeder Stelle können Sie einen Fehler melden. Danke, das hilft allen.
