// Stands in for react-devtools-core, which Ink imports only for development and which is not installed.
export default {}
