//! When somebody can be met: rules in local time, absences, closures.
