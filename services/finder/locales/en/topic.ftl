### Page of a topic

topic-lead = Advice is free and private. There is nothing to be ashamed of. Just tell us where you are.
topic-where = Where are you?
topic-where-hint = Postcode, town or district. The first digits of the postcode are enough.
topic-search = Find counselling
topic-everywhere = Search in all of Germany
topic-narrower-heading = Be more exact
topic-expect-heading = What to expect
topic-expect-listen = Someone listens to you. Nobody blames you.
topic-expect-plan = Together you work out what helps next.
topic-expect-bring = You do not need to prepare anything. Do you have letters about it? Then bring them.
topic-expect-anonymous = You can ask whether you have to give your name. Often you do not.
