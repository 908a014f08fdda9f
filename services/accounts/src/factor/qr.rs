//! The picture that an authenticator app reads, as part of the page: no other request carries the secret.

use kernel::Secret;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Light modules around the code, as the standard asks.
const QUIET: usize = 4;

/// The address as inline SVG without text; the page gives it a name. `None` when it is too long for a code.
///
/// Black on white in every colour scheme, because cameras read it.
pub fn svg(address: &Secret<String>) -> Option<String> {
    let code = QrCode::with_error_correction_level(address.expose(), EcLevel::M).ok()?;
    let (modules, width) = (code.to_colors(), code.width());
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (at, _) in modules.iter().enumerate().filter(|(_, module)| **module == Color::Dark) {
        let (x, y) = (at % width + QUIET, at / width + QUIET);
        write!(path, "M{x} {y}h1v1h-1z").ok()?;
    }
    Some(format!(
        "<svg viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" shape-rendering=\"crispEdges\" \
         aria-hidden=\"true\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_holds_shapes_and_no_text() {
        let svg = svg(&Secret::new("otpauth://totp/A:b?secret=GEZDGNBV&issuer=A".into())).unwrap();
        assert!(svg.starts_with("<svg viewBox=\"0 0 ") && svg.ends_with("</svg>"), "{svg}");
        assert!(!svg.contains("GEZDGNBV"));
        // The corner marks of every code: a dark row of seven modules.
        assert!(
            svg.contains("M4 4h1v1h-1zM5 4h1v1h-1zM6 4h1v1h-1zM7 4h1v1h-1zM8 4h1v1h-1zM9 4h1v1h-1zM10 4")
        );
    }

    #[test]
    fn what_does_not_fit_gives_no_picture() {
        assert_eq!(svg(&Secret::new("x".repeat(5_000))), None);
    }
}
