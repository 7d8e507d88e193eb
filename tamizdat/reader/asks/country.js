// Where this device is, by its time zone; by its language where the zone names no place. No address is looked at.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const country = zone.includes("/") && !zone.startsWith("Etc/")
  ? Object.keys(deck.zones).find((one) => deck.zones[one].split(" ").includes(zone))
  : navigator.language.split("-").pop();
refusals.country = (ask) => ask.country && !ask.country.includes(country);
