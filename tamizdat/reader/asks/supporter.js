// As far as this device has been told: it is asked again when a gift is long ago, or has ended.
refusals.supporter = (ask) => ask.supporter && !ask.supporter.includes(state.gave || "new");
