### Help

help-title = Help
help-lead = How to find the right centre.
help-words-heading = What do I write under “What do you need help with?”
help-words-text = Write what is going on, in your own words. One word is enough. For example: “debt”, “electricity cut off”, “my son smokes weed” or “losing my flat”.
help-words-typos = Spelling mistakes do not matter. The search understands many words in other languages too.
help-words-empty = You can also leave the field empty. Then you see all centres in the place.
help-words-personal = Do not write names or dates of birth. The search does not need them.
help-place-heading = What do I write under “Where?”
help-place-text = A postcode, part of one, a town, a part of a town or a district. For example: “79100”, “791”, “Bonn” or “Ortenaukreis”.
help-place-why = Many centres are only there for certain places. That is why we ask.
help-responsible-heading = What does “responsible” mean?
help-responsible-text = A responsible centre is there for people from your place. They will not send you away.
help-responsible-other = Does it say “not responsible”? You can still call. The centre helps you or tells you who does.
help-order-heading = Why is a centre at the top?
help-order-text = What fits your words and your place best comes first. Each centre says why it is in the list. Nobody can buy a place in it.
help-cost-heading = Does it cost anything?
help-cost-text = No. The search is free. Our directory lists only centres that give free advice. Does a centre ask for money? Then ask why, and tell us.
help-anonymous-heading = Will anyone know?
help-anonymous-text = Not from us. We do not store what you search for. The advice itself is private.
help-anonymous-traces = What stays on your device is explained on the page “Traces”.
help-language-heading = I speak little German
help-language-text = You can filter by the language of the advice. You can also bring someone to translate. Ask the centre first.
help-none-heading = I cannot find anything
help-none-text = Write fewer words or a larger town. Remove filters. Or call a crisis line: someone there listens at once.
help-wrong-heading = An entry is wrong
help-wrong-text = At the bottom of every centre’s page you can report a mistake. Thank you, it helps everyone.
