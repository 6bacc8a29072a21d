/* The filters as a component of the dashboard: one object for each mounted element. */
import { mount } from "../shared/mount.js";
import { Filters } from "./filters.js";

export default mount(".geomap-filters", Filters);
