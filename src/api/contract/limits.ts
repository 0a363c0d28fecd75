/** Limits that the page must keep to as well. It takes nothing but types of the contract; this file alone has no schema. */

/** How many messages a batch may name: as many as a page of the list has. */
export const MOST_IN_BATCH = 200
