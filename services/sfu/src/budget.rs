//! How much one receiver can take, and which layer of which picture she gets for it. Sound is not part of it: it always goes.

use std::time::{Duration, Instant};

/// With this much the engine begins, before anything is known of the way.
const AT_FIRST: f64 = 1_000_000.0;
const LEAST: f64 = 60_000.0;
/// A busy machine looks like a narrow way for a moment: below this, delays alone lower nothing while packets arrive.
const LEAST_BY_DELAY: f64 = 300_000.0;
/// Between two looks.
const BETWEEN: Duration = Duration::from_millis(200);
/// So many times in a row the way must look narrow.
const IN_A_ROW: u32 = 3;
const LONGEST: Duration = Duration::from_secs(60);
const SHORTEST: Duration = Duration::from_secs(4);
/// Above this share of lost packets the way is too narrow, whatever else is reported.
const TOO_MUCH_LOST: f64 = 0.12;

/// What a receiver's way carries, in bits per second.
///
/// The estimate follows what is sent, so it cannot show that more would fit. Therefore more is tried when all has been well for a
/// while, and after a try that went wrong the next one waits twice as long.
#[derive(Debug)]
pub(crate) struct Budget {
    carries: f64,
    most: f64,
    wait: Duration,
    troubled: Option<Instant>,
    /// When it was lowered last; what that did is seen a second later.
    lowered: Option<Instant>,
    tried: Option<Instant>,
    calm_since: Option<Instant>,
    narrow: u32,
    last: Option<Instant>,
}

/// What is known of a receiver's way at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// What was sent to her within the last second, in bits per second.
    pub sent: f64,
    /// What the congestion control holds for possible, if her browser reports arrivals.
    pub estimate: Option<f64>,
    /// Share of packets lost.
    pub lost: f64,
    /// What the next better choice of layers would cost altogether, if there is one.
    pub next: Option<f64>,
}

impl Budget {
    pub(crate) fn new(most: f64) -> Self {
        let carries = AT_FIRST.min(most);
        Self {
            carries,
            most,
            wait: SHORTEST,
            troubled: None,
            lowered: None,
            tried: None,
            calm_since: None,
            narrow: 0,
            last: None,
        }
    }

    pub(crate) fn carries(&self) -> f64 {
        self.carries
    }

    /// Whether it is time to look again.
    pub(crate) fn looks(&mut self, now: Instant) -> bool {
        let looks = self.last.is_none_or(|last| now.saturating_duration_since(last) >= BETWEEN);
        if looks {
            self.last = Some(now);
        }
        looks
    }

    /// Takes in what was seen, whenever [`Budget::looks`] says so.
    pub(crate) fn sees(&mut self, now: Instant, seen: Seen) {
        let looks = seen.estimate.is_some_and(|estimate| seen.sent > LEAST && estimate < seen.sent * 0.75);
        self.narrow = if looks { self.narrow + 1 } else { 0 };
        let narrow =
            self.narrow >= IN_A_ROW && (seen.sent > LEAST_BY_DELAY || seen.lost > TOO_MUCH_LOST / 4.0);
        if narrow || seen.lost > TOO_MUCH_LOST {
            if self.lowered.is_none_or(|at| now.saturating_duration_since(at) > Duration::from_secs(1)) {
                self.lowered = Some(now);
                let soon = self.tried.is_some_and(|at| now.saturating_duration_since(at) < SHORTEST * 2);
                self.wait = if soon { (self.wait * 2).min(LONGEST) } else { self.wait };
                let bound = if narrow { seen.estimate.unwrap_or(seen.sent) } else { seen.sent * 0.7 };
                let least = if seen.lost > TOO_MUCH_LOST / 4.0 { LEAST } else { LEAST_BY_DELAY };
                self.carries = bound.min(seen.sent * 0.85).clamp(least.min(self.most), self.most);
                self.tried = None;
            }
            self.troubled = Some(now);
            self.calm_since = None;
            return;
        }
        let calm = *self.calm_since.get_or_insert(now);
        if let Some(estimate) = seen.estimate
            && seen.lost < TOO_MUCH_LOST / 3.0
            && self.troubled.is_none_or(|at| now.saturating_duration_since(at) > SHORTEST)
        {
            self.carries = self.carries.max(estimate.min(self.most));
        }
        let waited = now.saturating_duration_since(calm) >= self.wait
            && self.tried.is_none_or(|at| now.saturating_duration_since(at) >= SHORTEST);
        if let Some(next) = seen.next
            && next > self.carries
            && next <= self.most
            && waited
        {
            self.carries = next * 1.05;
            self.tried = Some(now);
        }
        if self.tried.is_some_and(|at| now.saturating_duration_since(at) > SHORTEST * 4) {
            self.wait = SHORTEST;
        }
    }
}

/// A picture somebody wants, with the layers that would do, smallest first.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// What each layer costs, in bits per second; the last one is as good as is of use.
    pub costs: Vec<f64>,
    /// Drawn larger means served earlier.
    pub height: u16,
    /// Which layer she gets now; it is kept while it fits.
    pub now: Option<usize>,
}

/// Which layers fit: for each picture its layer or `None` if it is held back, and what the next better choice would cost.
///
/// Everybody gets a small picture before anybody gets a better one; then the largest drawn come first.
pub(crate) fn choose(carries: f64, sound: f64, wanted: &[Wanted]) -> (Vec<Option<usize>>, Option<f64>) {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(wanted[index].height), index));
    let mut chosen = vec![None; wanted.len()];
    let mut used = sound;
    let mut next: Option<f64> = None;
    let deepest = wanted.iter().map(|picture| picture.costs.len()).max().unwrap_or(0);
    for layer in 0..deepest {
        for &index in &order {
            let picture = &wanted[index];
            let Some(&cost) = picture.costs.get(layer) else { continue };
            if layer > 0 && chosen[index] != Some(layer - 1) {
                continue;
            }
            let before = if layer == 0 { 0.0 } else { picture.costs[layer - 1] };
            let more = (cost - before).max(0.0);
            // who has a layer keeps it at the brink; who would get it needs some room
            let room = if picture.now.is_some_and(|now| now >= layer) { 1.0 } else { 1.1 };
            if used + more * room <= carries {
                used += more;
                chosen[index] = Some(layer);
            } else {
                let cost = used + more * room;
                next = Some(next.map_or(cost, |known: f64| known.min(cost)));
            }
        }
    }
    (chosen, next)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn camera(height: u16) -> Wanted {
        Wanted { costs: vec![150_000.0, 500_000.0, 1_700_000.0], height, now: None }
    }

    #[test]
    fn everybody_gets_a_small_picture_before_somebody_gets_a_large_one() {
        let four = [camera(180), camera(720), camera(180), camera(180)];
        assert_eq!(choose(700_000.0, 40_000.0, &four).0, [Some(0); 4]);
        let (chosen, next) = choose(1_200_000.0, 40_000.0, &four);
        assert_eq!(chosen, [Some(0), Some(1), Some(0), Some(0)]);
        assert!(next.is_some());
        assert_eq!(choose(1e9, 0.0, &four), (vec![Some(2); 4], None));
    }

    #[test]
    fn pictures_are_held_back_and_the_largest_is_the_last_to_go() {
        let two = [camera(180), camera(720)];
        assert_eq!(choose(230_000.0, 40_000.0, &two).0, [None, Some(0)]);
        assert_eq!(choose(60_000.0, 40_000.0, &two).0, [None, None]);
    }

    #[test]
    fn more_is_tried_and_tried_less_often_when_it_goes_wrong() {
        let start = Instant::now();
        let mut budget = Budget::new(8_000_000.0);
        let narrow = 600_000.0;
        let (mut tries, mut was) = (0, budget.carries());
        for tick in 0..1_200_u64 {
            let now = start + Duration::from_millis(tick * 250);
            let sent = budget.carries().min(2_000_000.0);
            let lost = if sent > narrow { 0.3 } else { 0.0 };
            let estimate = Some(if sent > narrow { narrow * 0.8 } else { sent });
            budget.sees(now, Seen { sent, estimate, lost, next: Some(1_500_000.0) });
            if budget.carries() > 1_400_000.0 && was < 1_400_000.0 {
                tries += 1;
            }
            was = budget.carries();
        }
        assert!((3..=16).contains(&tries), "{tries} tries in five minutes");
    }

    #[test]
    fn a_busy_machine_holds_back_nothing_small() {
        let start = Instant::now();
        let mut budget = Budget::new(8_000_000.0);
        for tick in 0..400_u64 {
            let estimate = Some(if tick % 7 < 4 { 60_000.0 } else { 200_000.0 });
            budget.sees(
                start + Duration::from_millis(tick * 250),
                Seen { sent: 200_000.0, estimate, lost: 0.0, next: None },
            );
        }
        assert!(budget.carries() > 250_000.0, "{}", budget.carries());
    }

    #[test]
    fn it_goes_down_as_long_as_there_is_trouble() {
        let start = Instant::now();
        let mut budget = Budget::new(8_000_000.0);
        for tick in 0..40_u64 {
            let seen = Seen { sent: budget.carries(), estimate: None, lost: 0.4, next: Some(2e6) };
            budget.sees(start + Duration::from_millis(tick * 250), seen);
        }
        assert!(budget.carries() < 100_000.0, "{}", budget.carries());
    }

    #[test]
    fn a_wide_way_carries_all_soon() {
        let start = Instant::now();
        let mut budget = Budget::new(8_000_000.0);
        for tick in 0..60_u64 {
            let sent = budget.carries().min(3_000_000.0);
            let next = (budget.carries() < 3_000_000.0).then(|| budget.carries() * 2.0);
            let seen = Seen { sent, estimate: Some(sent * 1.1), lost: 0.0, next };
            budget.sees(start + Duration::from_millis(tick * 250), seen);
        }
        assert!(budget.carries() >= 3_000_000.0, "{}", budget.carries());
    }

    proptest! {
        #[test]
        fn nothing_costs_more_than_is_carried(
            carries in 0.0..1e7_f64, sound in 0.0..1e5_f64,
            pictures in proptest::collection::vec((proptest::collection::vec(1e4..2e6_f64, 0..4), 0_u16..1_100), 0..16),
        ) {
            let wanted: Vec<Wanted> = pictures
                .into_iter()
                .map(|(mut costs, height)| {
                    costs.sort_by(f64::total_cmp);
                    Wanted { costs, height, now: None }
                })
                .collect();
            let (chosen, next) = choose(carries, sound, &wanted);
            let costs: f64 = chosen
                .iter()
                .zip(&wanted)
                .filter_map(|(layer, picture)| layer.map(|layer| picture.costs[layer]))
                .sum();
            prop_assert!(costs + sound <= carries + 1.0 || costs == 0.0);
            prop_assert!(next.is_none_or(|next| next > carries));
        }
    }
}
