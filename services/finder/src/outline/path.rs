//! SVG path data in as few bytes as possible: whole numbers, relative steps, no needless separators.

use geo::Coord;

/// No coordinate is further from the corner than this, so that differences cannot overflow.
const FURTHEST: i32 = 1_000_000;

/// Adds a closed ring, in units of the view box; rings that shrink to less than a triangle are left out.
pub(super) fn add_ring(path: &mut String, ring: &[Coord<f64>]) {
    let mut points: Vec<(i32, i32)> = ring.iter().map(|point| (whole(point.x), whole(point.y))).collect();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let Some((first, rest)) = points.split_first().filter(|(_, rest)| rest.len() > 1) else { return };
    push(path, 'M', *first);
    let mut at = *first;
    let mut command = 'l';
    for point in rest {
        push(path, command, (point.0 - at.0, point.1 - at.1));
        at = *point;
        // A step after a step needs no letter.
        command = ' ';
    }
    path.push('z');
}

/// Appends a command with two numbers; a minus sign separates as well as a space.
fn push(path: &mut String, command: char, (x, y): (i32, i32)) {
    if command != ' ' || x >= 0 {
        path.push(command);
    }
    push_number(path, x);
    if y >= 0 {
        path.push(' ');
    }
    push_number(path, y);
}

/// Appends a number. Drawing a map writes thousands of them, and the formatting machinery takes its time with each.
fn push_number(path: &mut String, number: i32) {
    if number < 0 {
        path.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0; 10];
    let mut first = digits.len();
    while rest > 0 || first == digits.len() {
        first -= 1;
        // The remainder of a division by ten is a digit.
        digits[first] = (rest % 10) as u8;
        rest /= 10;
    }
    path.extend(digits[first..].iter().map(|digit| char::from(b'0' + digit)));
}

/// The nearest whole number; maps end far below the limits, so what lies beyond them is pulled in.
pub(super) fn whole(value: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 to i32 saturates")]
    let whole = value.round() as i32;
    whole.clamp(-FURTHEST, FURTHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(points: &[(f64, f64)]) -> String {
        let mut path = String::new();
        add_ring(&mut path, &points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect::<Vec<_>>());
        path
    }

    #[test]
    fn a_ring_is_one_move_and_relative_steps() {
        assert_eq!(path(&[(1.2, 2.0), (4.0, 2.4), (4.0, -7.0), (1.0, 2.0)]), "M1 2l3 0 0-9z");
    }

    #[test]
    fn numbers_are_written_as_they_are_everywhere_else() {
        for number in [0, 1, -1, 9, 10, -10, 99, 100, 1_234_567, -1_000_000, i32::MAX, i32::MIN] {
            let mut path = String::new();
            push_number(&mut path, number);
            assert_eq!(path, number.to_string());
        }
    }

    #[test]
    fn specks_leave_nothing_and_impossible_numbers_do_no_harm() {
        assert_eq!(path(&[(1.0, 1.0), (1.2, 1.1), (1.3, 0.9)]), "");
        assert_eq!(path(&[(f64::NAN, 1.0), (1e300, 1.1), (1.3, 5.0)]), "M0 1l1000000 0-999999 4z");
    }
}
