use super::*;

fn bytes(map: &MapSvg) -> usize {
    serde_json::to_string(map).unwrap().len()
}

fn point(lat: f64, lon: f64) -> Point {
    Point { lat, lon }
}

#[test]
fn the_country_has_sixteen_lands_in_at_most_twelve_kilobytes() {
    let map = MapView::germany();
    println!("Germany: {} bytes", bytes(&map));
    assert_eq!(map.lands.len(), 16);
    assert!(bytes(&map) <= 12_000, "{}", bytes(&map));
    assert_eq!(map.height, 600);
    assert!(map.lands.iter().all(|land| land.path.starts_with('M') && land.path.ends_with('z')));
}

#[test]
fn maps_around_every_part_of_the_country_stay_small() {
    let gazetteer = Gazetteer::bundled();
    let mut largest = 0;
    for (at, info) in gazetteer.postcodes().enumerate().filter(|(at, _)| at % 61 == 0) {
        let middle = info.point.unwrap();
        let reach = [0.05, 0.3, 1.0, 3.0][at % 4];
        let hits: Vec<(u32, Point)> = (1..=10)
            .map(|n| {
                (
                    n,
                    point(
                        middle.lat + reach * (f64::from(n) * 1.7).sin(),
                        middle.lon + reach * f64::from(n).cos(),
                    ),
                )
            })
            .collect();
        let map = MapView::around_with_towns(&hits, Some(middle), &gazetteer);
        largest = largest.max(bytes(&map));
        assert!(bytes(&map) <= 6_000, "{}: {}", info.postcode, bytes(&map));
        let inside = |x: i32, y: i32| (0..=map.width).contains(&x) && (0..=map.height).contains(&y);
        assert!(map.points.iter().all(|spot| inside(spot.x, spot.y)), "{}", info.postcode);
        assert!(map.place.is_some_and(|spot| inside(spot.x, spot.y)));
        assert!(!map.lands.is_empty(), "{}", info.postcode);
    }
    println!("largest map: {largest} bytes");
}

#[test]
fn what_stands_where_is_right() {
    let (bonn, cologne) = (point(50.735, 7.1), point(50.94, 6.96));
    let map = MapView::around(&[(1, cologne), (11, bonn)], Some(bonn));
    assert_eq!(map.points.iter().map(|spot| spot.label_number).collect::<Vec<_>>(), [1, 11]);
    let (north, south) = (map.points[0], map.points[1]);
    assert!(north.y < south.y && north.x < south.x);
    let units = f64::from(north.x - south.x).hypot(f64::from(north.y - south.y));
    let km = units * f64::from(map.scale_bar.km) / f64::from(map.scale_bar.length);
    assert!((km - 24.8).abs() < 1.0, "{km}");
    assert!(map.lands.iter().any(|land| land.key.as_str() == "05"));
    assert!(map.lands.iter().all(|land| land.key.as_str() != "09"), "Bavaria is far away");
}

#[test]
fn towns_help_to_find_ones_way() {
    let map =
        MapView::around_with_towns(&[(1, point(48.0, 7.85))], Some(point(48.3, 8.2)), &Gazetteer::bundled());
    assert!((1..=TOWNS).contains(&map.towns.len()), "{:?}", map.towns);
}

#[test]
fn points_that_cannot_be_true_are_left_out() {
    let wrong = [
        (1, point(0.0, 0.0)),
        (2, point(f64::NAN, 8.0)),
        (3, point(10.0, 51.0)),
        (4, point(f64::INFINITY, 1.0)),
    ];
    let map = MapView::around(&wrong, None);
    assert_eq!(map, MapView::germany());
    assert_eq!(MapView::around(&[], None), MapView::germany());
}
