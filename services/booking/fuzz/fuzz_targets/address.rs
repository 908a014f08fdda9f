//! Any text as the address of a calendar: what is taken is HTTPS to a name, and is taken again as it is written.
#![no_main]

use booking::calendar::fetch::CalendarAddress;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(address) = CalendarAddress::parse(text) {
        let host = address.as_str().strip_prefix("https://").expect("https").split('/').next().expect("a host");
        assert!(host.contains('.') && !host.contains(['@', ':', '[', '\\']));
        assert!(host.parse::<std::net::IpAddr>().is_err());
        assert_eq!(CalendarAddress::parse(address.as_str()).as_ref(), Ok(&address));
    }
});
