### Impressum

imprint-title = Impressum
imprint-missing-title = Hier fehlen Angaben
imprint-missing-text = Wer diese Seite betreibt, hat seine Angaben noch nicht eingetragen. Ohne sie darf die Seite nicht öffentlich sein.
imprint-missing-how = Sie betreiben diese Seite? Tragen Sie Ihre Angaben in die Konfiguration ein. Wie das geht, steht in der Anleitung.
imprint-operator-heading = Wer diese Seite betreibt
imprint-represented = Vertreten durch: { $name }
imprint-contact-heading = Kontakt
imprint-content-heading = Woher die Angaben kommen
imprint-content-text = Die Angaben zu den Beratungsstellen kommen von den Stellen und ihren Verbänden. Wir prüfen sie mit Sorgfalt. Trotzdem kann etwas veraltet sein.
imprint-sources-heading = Quellen
imprint-sources-places = Postleitzahlen und Orte:
imprint-sources-map = Umriss der Karte: © GeoBasis-DE / BKG (verändert), Nutzungsbedingungen: GeoNutzV.
imprint-software-heading = Software
imprint-software-text = Diese Seite läuft mit „Anlaufstelle“, freier Software unter der Lizenz EUPL-1.2. Die Gestaltung beruht auf KERN (EUPL-1.2).
