//! Domains: their ASCII form, and whether they pretend to be another.

use super::AddressProblem;

/// Turns a domain into its ASCII form, lower case.
pub(super) fn in_ascii(domain: &str) -> Result<String, AddressProblem> {
    // "strict" refuses characters no host name has, empty and long labels
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| AddressProblem::Domain)?;
    let mut labels = ascii.split('.');
    let well_formed = |label: &str| {
        let bytes = label.as_bytes();
        !bytes.is_empty()
            && bytes.len() <= 63
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            && bytes.first() != Some(&b'-')
            && bytes.last() != Some(&b'-')
    };
    let last = ascii.rsplit('.').next().unwrap_or_default();
    // a last label of digits is an IPv4 address in disguise
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit());
    if ascii.len() > 253 || !ascii.contains('.') || numeric || !labels.all(well_formed) {
        return Err(AddressProblem::Domain);
    }
    check_scripts(&ascii)?;
    Ok(ascii)
}

/// All letters of a domain belong to one script; otherwise `аpple.example` with a Cyrillic а would pass for another.
///
/// It looks at what the ASCII form decodes to, so writing `xn--…` oneself is no way around. The last label counts
/// too, so a name all in look-alike letters does not pass below an ordinary ending.
fn check_scripts(ascii: &str) -> Result<(), AddressProblem> {
    let (unicode, valid) = idna::domain_to_unicode(ascii);
    valid.map_err(|_| AddressProblem::Domain)?;
    let mut seen = None;
    for letter in unicode.chars().filter(|letter| !matches!(letter, '0'..='9' | '-' | '.')) {
        let script = Script::of(letter).ok_or(AddressProblem::Domain)?;
        if *seen.get_or_insert(script) != script {
            return Err(AddressProblem::MixedScripts);
        }
    }
    Ok(())
}

/// The scripts whose domains we write to; letters outside them are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    EastAsian,
}

impl Script {
    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            // the letters of European languages and Vietnamese; not the phonetic ones, which only imitate
            'a'..='z' | 'ß'..='ö' | 'ø'..='ž' | 'ș'..='ț' | 'ạ'..='ỹ' => Self::Latin,
            'ά'..='ώ' => Self::Greek,
            'а'..='ґ' => Self::Cyrillic,
            'א'..='ת' => Self::Hebrew,
            'ء'..='ي' | 'ٱ'..='ە' => Self::Arabic,
            'ぁ'..='ヿ' | '一'..='鿿' | '가'..='힣' => Self::EastAsian,
            _ => return None,
        })
    }
}
