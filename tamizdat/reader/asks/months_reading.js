fills.months_reading = Math.floor(weeks / 4.345);
