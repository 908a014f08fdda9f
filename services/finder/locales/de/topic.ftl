### Seite eines Themas

topic-lead = Beratung ist kostenlos und vertraulich. Sie müssen sich für nichts schämen. Sagen Sie uns nur noch, wo Sie sind.
topic-where = Wo sind Sie?
topic-where-hint = Postleitzahl, Ort oder Landkreis. Die ersten Ziffern der Postleitzahl reichen auch.
topic-search = Beratung suchen
topic-everywhere = In ganz Deutschland suchen
topic-narrower-heading = Genauer suchen
topic-expect-heading = Das erwartet Sie
topic-expect-listen = Jemand hört Ihnen zu. Niemand macht Ihnen Vorwürfe.
topic-expect-plan = Sie überlegen zusammen, was als Nächstes hilft.
topic-expect-bring = Sie müssen nichts vorbereiten. Haben Sie Briefe oder Bescheide? Dann bringen Sie sie mit.
topic-expect-anonymous = Sie können fragen, ob Sie Ihren Namen nennen müssen. Oft geht es auch ohne.
