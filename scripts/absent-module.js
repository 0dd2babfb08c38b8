// Stands in for modules that libraries import and the program has no use for.
export default {}
