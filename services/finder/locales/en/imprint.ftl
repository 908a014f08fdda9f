### Imprint

imprint-title = Imprint
imprint-missing-title = Details are missing here
imprint-missing-text = Whoever runs this site has not entered their details yet. Without them the site must not be public.
imprint-missing-how = Do you run this site? Enter your details in the configuration. The manual explains how.
imprint-operator-heading = Who runs this site
imprint-represented = Represented by: { $name }
imprint-contact-heading = Contact
imprint-content-heading = Where the entries come from
imprint-content-text = The entries come from the centres and their associations. We check them with care. Something may still be out of date.
imprint-sources-heading = Sources
imprint-sources-places = Postcodes and places:
imprint-sources-map = Outline of the map: © GeoBasis-DE / BKG (changed), terms of use: GeoNutzV.
imprint-software-heading = Software
imprint-software-text = This site runs on “Anlaufstelle”, free software under the EUPL-1.2. Its design is based on KERN (EUPL-1.2).
