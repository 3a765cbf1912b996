// @ts-check
/** The moment that a date and a time of day mean in a time zone. */

/** @param {string} on `YYYY-MM-DD` @param {string} time `HH:MM` @param {string} timeZone @returns {number} milliseconds since 1970 */
export function instantOf(on, time, timeZone) {
  const wall = Date.parse(`${on}T${time}:00Z`);
  // The offset is that of the moment itself: on a day when the clocks change, the first guess may be an hour off.
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}

/** `14:05` of a moment in a time zone. @param {number} at @param {string} timeZone */
export function timeOf(at, timeZone) {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** How far the zone's clocks are ahead of UTC, in milliseconds. @param {number} at @param {string} timeZone */
function offsetAt(at, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const part = (/** @type {string} */ type) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(at / 1000) * 1000;
}
