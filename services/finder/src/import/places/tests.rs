use search_index::place::Resolution;

use super::*;

const GEONAMES: &str = "\
DE\t79100\tFreiburg im Breisgau\tBaden-Württemberg\tBW\tRegierungsbezirk Freiburg\t083\tFreiburg im Breisgau\t08311\t47.98\t7.84\t6
DE\t79289\tHorben\tBaden-Württemberg\tBW\tRegierungsbezirk Freiburg\t083\tLandkreis Breisgau-Hochschwarzwald\t08315\t\t\t
DE\t70001\tBeispiel Versicherung AG\tBaden-Württemberg\t01\t\t\t\t\t48.7\t9.1\t4
AT\t1010\tWien\tWien\t09\t\t\t\t\t48.2\t16.3\t6
DE\t7910A\tNirgends\tBaden-Württemberg\tBW\t\t083\t\t08311\t47.9\t7.8\t6
DE\t01067\tDresden\tSachsen\tSN\t\t00\tDresden, Stadt\t14612\t13.71\t51.06\t6
DE\t01069\tDresden\tSachsen\tSN\t\t00\tDresden\tviele\t51.02\t13.72\t6
DE\t01069
";

const ZUORDNUNG: &str = "\
osm_id,ags,ort,plz,landkreis,bundesland
1,8311000,Freiburg im Breisgau,79100,,Baden-Württemberg
1,8311000,Freiburg im Breisgau,79100,,Baden-Württemberg
2,14612000,Dresden,1067,,Sachsen
3,8315056,Horben,79289,Landkreis Breisgau-Hochschwarzwald,Baden-Württemberg
4,12,Irgendwo,12345,,Brandenburg
5,8315056,,79289,,Baden-Württemberg
";

fn read_text(text: &str) -> PlaceTable {
    read(text.as_bytes(), &Gazetteer::bundled()).unwrap()
}

fn brief(table: &PlaceTable) -> Vec<(u64, &str, &str, PlaceProblem)> {
    table.problems.iter().map(|p| (p.row, p.column, p.value.as_str(), p.problem)).collect()
}

#[test]
fn geonames_without_companies_and_other_countries() {
    let table = read_text(GEONAMES);
    assert_eq!(table.format, PlacesFormat::Geonames);
    assert_eq!(table.left_out, 2);
    let names: Vec<_> = table.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Freiburg im Breisgau", "Horben", "Dresden", "Dresden"]);
    assert_eq!(
        brief(&table),
        [
            (5, "postal code", "7910A", PlaceProblem::NotAPostcode),
            (6, "latitude, longitude", "13.71, 51.06", PlaceProblem::PointOutside),
            (7, "admin code3", "viele", PlaceProblem::NotADistrictKey),
            (8, "", "DE01069", PlaceProblem::TooFewColumns),
        ]
    );
    assert_eq!(table.points_added, 2, "Horben had no point and one of Dresden a swapped one");
    assert!(table.rows.iter().all(|row| row.point.is_some_and(|point| in_saxony_or_baden(point.lat))));
}

fn in_saxony_or_baden(lat: f64) -> bool {
    (47.0..52.0).contains(&lat)
}

#[test]
fn zuordnung_with_lost_zeros_gets_points_and_district_names() {
    let table = read_text(ZUORDNUNG);
    assert_eq!(table.format, PlacesFormat::Zuordnung);
    assert_eq!(table.rows.len(), 3, "repetitions count once");
    assert_eq!(table.rows[1].postcode.as_str(), "01067");
    assert_eq!(table.rows[0].municipality.unwrap().as_str(), "08311000");
    assert_eq!(
        brief(&table),
        [(6, "ags", "12", PlaceProblem::NotAMunicipalityKey), (7, "ort", "", PlaceProblem::NameMissing)]
    );
    let gazetteer = Gazetteer::from_rows(table.rows);
    assert_eq!(gazetteer.district_name("08311".parse().unwrap()), Some("Stadt Freiburg im Breisgau"));
    let Resolution::Resolved { place, .. } = gazetteer.resolve("Horben") else { panic!("Horben is known") };
    assert_eq!(place.detail, "Landkreis Breisgau-Hochschwarzwald, Baden-Württemberg");
    assert!(place.point.is_some());
}

#[test]
fn a_file_of_neither_kind_is_refused() {
    let unreadable = |bytes: &[u8]| read(bytes, &Gazetteer::bundled()).unwrap_err();
    assert!(matches!(unreadable(b""), PlacesUnreadable::Empty));
    assert!(matches!(unreadable(b"name,street\na,b\n"), PlacesUnreadable::UnknownFormat));
    assert!(matches!(unreadable(&[0xff, 0, 1, 2]), PlacesUnreadable::UnknownFormat));
    assert!(matches!(unreadable(&[b'x'; 100_000]), PlacesUnreadable::UnknownFormat));
    let PlacesUnreadable::NothingUsable { problems } = unreadable(b"plz,ort,ags\nx,y,z\n") else { panic!() };
    assert_eq!(problems.len(), 1);
}

#[test]
fn a_long_line_costs_one_row_and_many_problems_are_only_counted() {
    let long =
        format!("{ZUORDNUNG}6,{},Lang,12345,,\n7,14612000,Dresden,1069,,Sachsen\n", "9".repeat(1 << 20));
    let table = read_text(&long);
    assert_eq!(table.rows.len(), 4);
    assert_eq!(table.problems.last().map(|p| (p.row, p.problem)), Some((8, PlaceProblem::LineTooLong)));
    let many = format!("{ZUORDNUNG}{}", "x,x,x,x,x,x\n".repeat(3_000));
    let table = read_text(&many);
    assert_eq!((table.problems.len(), table.problem_count), (LISTED_PROBLEMS, 3_002));
}

#[test]
fn control_characters_in_values_reach_neither_names_nor_reports() {
    let table = read_text("plz,ort,ags\n79100,Frei\u{7}burg,08311000\n\u{1b}[31m,x,y\n");
    assert_eq!(table.rows[0].name, "Freiburg");
    assert_eq!(table.problems[0].value, "[31m");
}
