/** osrm-client loads an HTTP package when it is loaded itself, and calls it nowhere once its `_request` is overridden. */
module.exports = {
  get() {
    throw new Error("osrm-client sent a request of its own: its transport must be overridden");
  },
};
