/** The product's version, as plans and the API report it; kept equal to package.json by a test. */
export const VERSION = "0.1.0";
