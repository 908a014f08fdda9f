// The words to compare in German: everyday things, told apart by ear, harmless for whoever reads them out.

/** 256 words; what counts is their place. */
export const words: readonly string[] = `
Abend Acker Akkordeon Allee Amboss Ameise Amsel Ananas Anorak Antenne Aprikose Artischocke Atlas Augenblick Backofen
Bagger Balkon Bambus Banane Basilikum Becher Beere Bergsteiger Bernstein Besen Biber Birne Blatt Bleistift Blume
Briefkasten Brille Brokkoli Brot Brunnen Brücke Buntstift Burg Butter Chor Clown Dampfer Dattel Daumen Decke Delfin
Diamant Dirigent Dompfaff Dorf Drache Drehorgel Drossel Düne Eichhörnchen Eidechse Einhorn Eisbär Eiswürfel Elefant
Ente Erdbeere Fahne Fahrrad Fahrstuhl Fasan Feder Feige Feld Fenster Ferkel Fernglas Fichte Finger Flamingo
Flaschenpost Fledermaus Zaunkönig Flöte Flügel Forelle Frosch Frühling Fuchs Fußball Gabel Gans Garten Gebirge
Gewitter Gießkanne Giraffe Gitarre Glocke Glühwürmchen Gorilla Granit Gurke Gänseblümchen Hafen Hagebutte Hamster
Handschuh Haselnuss Heft Heidelbeere Heißluftballon Herbst Himbeere Holunder Honig Hose Hummel Hängematte Iglu
Jaguar Joghurt Kaffee Kaktus Kamin Kaninchen Karotte Kartoffel Karussell Kastanie Katze Keks Kiefer Kino Kirschbaum
Kirsche Kissen Klavier Kleeblatt Knopf Kohlrabi Kokosnuss Kolibri Kompass Krabbe Kranich Kreide Krokodil Krone
Kuchen Kuckuck Kugel Kürbis Lampe Laterne Lavendel Leiter Leopard Lerche Leuchtturm Libelle Linde Lokomotive
Luftballon Löffel Magnet Mandel Marienkäfer Marmor Maulwurf Meerschweinchen Melone Mikroskop Milch Mittagspause Mond
Murmeltier Muschel Möwe Mühle Nachtigall Nashorn Nilpferd Oboe Olive Orange Orchidee Orkan Palme Panda Papagei
Papierflieger Paprika Pelikan Pfau Pfeffer Pfirsich Pflaume Pilot Pinguin Pinsel Planet Posaune Pudding Puppe
Pusteblume Puzzle Pyramide Quark Quelle Rakete Regenbogen Rettich Rhabarber Ritterburg Rotkehlchen Rucksack Salat
Sandale Schaukel Schere Schildkröte Schlitten Schmetterling Schnecke Schneemann Schokolade Schwan Seestern Sommer
Sonnenblume Specht Spiegel Spinat Sternwarte Strand Tannenzapfen Taube Teleskop Teppich Thermometer Tintenfisch
Tomate Trommel Trompete Uhu Veilchen Vulkan Wal Wasserfall Wassermelone Wiese Windmühle Wolke Wurzel Zahnbürste
Zebra Zeichenblock Zitrone Zucchini Zwiebel
`
  .trim()
  .split(/\s+/);
