/* The time control as a component of the dashboard: one object for each mounted element. */
import { mount } from "../shared/mount.js";
import { Timeline } from "./timeline.js";

export default mount(".geomap-timeline", Timeline);
