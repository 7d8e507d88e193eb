// Where this device is, by its time zone; by its language where the zone names no place. No address is looked at.
// Whoever asks Intl waits for tens of milliseconds, so newer devices ask Temporal, which answers in one.
const zone = window.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const country = zone.includes("/") && !zone.startsWith("Etc/")
  ? Object.keys(deck.zones).find((one) => deck.zones[one].split(" ").includes(zone))
  : navigator.language.split("-").pop();
refusals.country = (ask) => ask.country && !ask.country.includes(country);
