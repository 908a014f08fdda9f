//! Official keys as checked text: a postcode keeps its leading zero.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de::Error as _};

/// The text is not a key of this kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} digits")]
pub struct InvalidCode {
    /// How many digits the key has.
    pub expected: usize,
}

macro_rules! digits {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $length]);

        impl $name {
            /// The digits as text.
            pub fn as_str(&self) -> &str {
                str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = InvalidCode;

            fn from_str(text: &str) -> Result<Self, InvalidCode> {
                match <[u8; $length]>::try_from(text.as_bytes()) {
                    Ok(digits) if digits.iter().all(u8::is_ascii_digit) => Ok(Self(digits)),
                    _ => Err(InvalidCode { expected: $length }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    };
}

digits!(
    /// A German postcode (PLZ): five digits.
    Postcode, 5
);
digits!(
    /// Key of a municipality (Amtlicher Gemeindeschlüssel, AGS): eight digits.
    MunicipalityKey, 8
);
digits!(
    /// Key of a district or district-free city (Kreisschlüssel): the first five digits of the AGS.
    DistrictKey, 5
);
digits!(
    /// Key of a Land: the first two digits of the AGS, `01` Schleswig-Holstein to `16` Thüringen.
    LandKey, 2
);

impl MunicipalityKey {
    /// The district the municipality lies in.
    pub fn district(&self) -> DistrictKey {
        let [a, b, c, d, e, ..] = self.0;
        DistrictKey([a, b, c, d, e])
    }
}

impl DistrictKey {
    /// The Land the district lies in.
    pub fn land(&self) -> LandKey {
        LandKey([self.0[0], self.0[1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_five_ascii_digits_and_keeps_its_leading_zero() {
        assert_eq!("01067".parse::<Postcode>().unwrap().to_string(), "01067");
        for wrong in ["", "1067", "010677", "0106a", "０１０６７", " 01067"] {
            assert!(wrong.parse::<Postcode>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn keys_contain_the_key_of_the_level_above() {
        let municipality: MunicipalityKey = "08311000".parse().unwrap();
        assert_eq!(municipality.district().as_str(), "08311");
        assert_eq!(municipality.district().land().as_str(), "08");
    }
}
