### Search and results

search-title = Results
search-title-form = Search
search-title-place = Choose a place
search-heading-words-place = “{ $words }” in { $place }
search-heading-words = “{ $words }” in all of Germany
search-heading-topic-place = { $topic }: support in { $place }
search-heading-topic = { $topic }: support in all of Germany
search-heading-place = Support in { $place }
search-nothing-entered = Write what you need help with, or where you are.

## How many centres: honest about near and far

search-count-near-far =
    { $near ->
        [one] One centre is near you or responsible for you.
       *[other] { $near } centres are near you or responsible for you.
    } { $far ->
        [one] One more is further away.
       *[other] { $far } more are further away.
    }
search-count-near =
    { $near ->
        [one] One centre is near you or responsible for you.
       *[other] { $near } centres are near you or responsible for you.
    }
search-count-far =
    { $far ->
        [one] We found one centre. It is further away.
       *[other] We found { $far } centres. They are further away.
    }
search-count-all =
    { $total ->
        [one] We found one centre.
       *[other] We found { $total } centres.
    }
search-page-of = Page { $page } of { $pages }
search-order-note = What fits your search best comes first.
search-results-heading = Centres
search-german-entries = Each centre writes its own entry, mostly in German.

## Without a place

search-guessed = We do not know a place called “{ $typed }”. We search in { $place }. Not what you meant? Write the postcode.
search-no-place-title = Where are you?
search-no-place = Add a postcode or a town. Then we show you centres near you.

## Several places, unknown place

search-choose-heading = Which place do you mean?
search-choose-lead = There are several places called “{ $place }”.
search-choose-all = Is your place not here? Then write the postcode.
search-also-heading = Did you mean a different place?
search-unknown-heading = We do not know the place “{ $place }”
search-unknown-error = We do not know this place. Check the spelling or write the postcode.
search-unknown-similar = Did you mean one of these?
search-unknown-next = What you can do:
search-unknown-check = Check the spelling of the place.
search-unknown-postcode = Write the postcode. The first digits are enough, for example 791.
search-unknown-bigger = Write the nearest larger town.
search-unknown-anywhere = Search in all of Germany

## Nothing near, nobody responsible, no hits

search-far-title = We found nothing near you
search-far-text = The centres below are further away. Call them anyway. Many give advice by phone or know who can help where you are.
search-nobody-title = No centre is in charge of { $place }
search-nobody-text = At least none in our directory. The centres below are still worth a call: ask if they can help you.
search-remote =
    { $count ->
        [one] Show one centre that helps by phone or online
       *[other] Show { $count } centres that help by phone or online
    }
search-neighbours = Places nearby:
search-none-heading = We found nothing
search-none-next = What you can do:
search-none-fewer-words = Write fewer or other words, for example “debt”, “alcohol” or “housing”.
search-none-without-words = Show all centres in { $place }
search-none-without-filters = Search without filters
search-none-wider = Search within { $km } km
search-none-topics = Choose a topic on the start page
search-none-crisis = Crisis lines: talk to someone now

## Filters

filter-topic = Topic
filter-topic-any = All topics
filter-mode = How would you like to get advice?
filter-language = Language of the advice
filter-language-any = All languages
filter-wheelchair = Only with wheelchair access
filter-wheelchair-hint = Full or partial
filter-radius = Distance
filter-radius-any = Any
filter-radius-km = up to { $km } km
filter-active-heading = You chose:
filter-active-topic = Topic: { $topic }
filter-active-language = Language: { $language }
filter-remove = Remove “{ $filter }”

## Map

map-title = Map: where the centres are
map-description = The numbers are the same as in the list. Everything on the map is also in the list.
map-description-place = The cross shows { $place }. The numbers are the same as in the list. Everything on the map is also in the list.
map-caption = Outline: © GeoBasis-DE / BKG 2016, simplified (GeoNutzV)
