"""Xapian as its experts set it up for German, asked in JSON lines over stdin and stdout.

Each line is {"do": "index" | "correct" | "search", "what": …}; each answer is a line with "seconds", the time of the
engine's work alone. Texts come as folded words, so nothing that was typed is read as Xapian's query language.

Stems are german2; offer, centre, keywords and description weigh 8, 5, 3 and 1 (times 2, as wdf is whole); spelling data are
collected while indexing; areas are boolean terms; the position is a value slot that is searched by distance; hits are
collapsed to one for each centre.
"""

import json
import sys
import time

import xapian

POSITION, CENTRE = 0, 1
AREA = "XA"
# Heavier than any text can weigh.
FIRST = 1000.0
# As a bonus where the text shall decide.
LIGHT = 3.0
# Beginnings are expanded to at most this many words.
MOST_EXPANSIONS = 100


class Peer:
    """A database of the directory and what is needed to ask it."""

    def __init__(self, folder):
        self.folder = folder
        self.stemmer = xapian.Stem("german2")
        self.metric = xapian.GreatCircleMetric()

    def index(self, documents):
        """Writes all documents and opens the database for reading."""
        started = time.perf_counter()
        writable = xapian.WritableDatabase(self.folder, xapian.DB_CREATE_OR_OVERWRITE)
        indexer = xapian.TermGenerator()
        indexer.set_stemmer(self.stemmer)
        indexer.set_database(writable)
        for entry in documents:
            document = xapian.Document()
            indexer.set_document(document)
            indexer.set_flags(indexer.FLAG_SPELLING)
            for text, weight in ((entry["offer"], 8), (entry["name"], 5), (entry["keywords"], 3)):
                indexer.index_text(text, weight)
                indexer.increase_termpos()
            # Prose is searched but teaches no spelling.
            indexer.set_flags(0, 0)
            indexer.index_text(entry["description"], 1)
            for key in entry["areas"]:
                document.add_boolean_term(AREA + key)
            if entry["position"]:
                document.add_value(POSITION, xapian.LatLongCoord(*entry["position"]).serialise())
            document.add_value(CENTRE, entry["centre"])
            document.set_data(entry["centre"])
            writable.add_document(document)
        writable.commit()
        writable.close()
        self.database = xapian.Database(self.folder)
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_stemmer(self.stemmer)
        self.parser.set_stemming_strategy(self.parser.STEM_SOME)
        self.parser.set_default_op(xapian.Query.OP_AND)
        self.parser.set_max_expansion(MOST_EXPANSIONS, xapian.Query.WILDCARD_LIMIT_MOST_FREQUENT)
        self.enquire = xapian.Enquire(self.database)
        self.enquire.set_collapse_key(CENTRE)
        return {"seconds": time.perf_counter() - started, "version": xapian.version_string()}

    def correct(self, words):
        """What was probably meant by words that the directory does not have."""
        started = time.perf_counter()
        corrected = []
        for at, word in enumerate(words):
            last = at + 1 == len(words)
            known = self.database.term_exists("Z" + self.stemmer(word).decode()) or (last and self.begins(word))
            better = "" if known else self.database.get_spelling_suggestion(word, 2).decode()
            corrected.append(better or None)
        return {"seconds": time.perf_counter() - started, "words": corrected}

    def begins(self, word):
        """Whether words of the directory begin with it."""
        return next(iter(self.database.allterms(word)), None) is not None

    def search(self, search):
        """The centres of one step: those that are near by weight, then the others by distance."""
        started = time.perf_counter()
        text = self.text(search["units"], search["all"])
        place = search["place"]
        areas = xapian.Query(xapian.Query.OP_OR, [xapian.Query(AREA + key) for key in place["keys"]])
        coords = xapian.LatLongCoords()
        within = []
        for point in place["points"]:
            coord = xapian.LatLongCoord(point["lat"], point["lon"])
            coords.append(coord)
            here = xapian.LatLongCoords(coord)
            within.append(self.distance(here, point["reach_km"] * 1000.0))
        near = xapian.Query(xapian.Query.OP_OR, [areas] + within)
        first = FIRST if search["all"] else LIGHT
        bonus = xapian.Query(xapian.Query.OP_FILTER, xapian.Query(xapian.FixedWeightPostingSource(first)), areas)
        query = xapian.Query(xapian.Query.OP_FILTER, text, near)
        query = xapian.Query(xapian.Query.OP_AND_MAYBE, query, bonus)
        if within:
            query = xapian.Query(xapian.Query.OP_AND_MAYBE, query, self.distance(coords, 0.0))
        self.enquire.set_query(query)
        self.enquire.set_sort_by_relevance()
        limit = search["limit"]
        found = [(match.document.get_data().decode(), True) for match in self.enquire.get_mset(0, limit)]
        if len(found) < limit:
            self.enquire.set_query(xapian.Query(xapian.Query.OP_AND_NOT, text, near))
            keys = xapian.LatLongDistanceKeyMaker(POSITION, coords, self.metric)
            self.enquire.set_sort_by_key_then_relevance(keys, False)
            rest = self.enquire.get_mset(0, limit - len(found))
            found += [(match.document.get_data().decode(), False) for match in rest]
        return {"seconds": time.perf_counter() - started, "found": found}

    def distance(self, coords, reach):
        """Weight of nearness, at most 1; beyond the reach, in metres, nothing matches."""
        return xapian.Query(xapian.LatLongDistancePostingSource(POSITION, coords, self.metric, reach, 1000.0, 1.0))

    def text(self, units, all_of_them):
        """The units as one query; without any, everything matches."""
        if not units:
            return xapian.Query(xapian.Query.OP_SCALE_WEIGHT, xapian.Query.MatchAll, 0.0)
        operator = xapian.Query.OP_AND if all_of_them else xapian.Query.OP_OR
        return xapian.Query(operator, [self.unit(ways) for ways in units])

    def unit(self, ways):
        """The alternatives of a unit, weighed as one word."""
        queries = [
            self.parser.parse_query(" ".join(way["words"]), self.parser.FLAG_PARTIAL if way["open"] else 0)
            for way in ways
        ]
        if len(queries) == 1:
            return queries[0]
        return xapian.Query(xapian.Query.OP_SYNONYM, queries)


def main():
    """Answers each line with a line until the input ends."""
    peer = Peer(sys.argv[1])
    verbs = {"index": peer.index, "correct": peer.correct, "search": peer.search}
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps(verbs[request["do"]](request["what"])) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
