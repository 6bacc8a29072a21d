/* The background: land, lakes, rivers, boundaries on one canvas, names on another above. */
import { strokePath, usePixels, useWorld } from "../shared/canvas.js";
import { fetched } from "../shared/fetched.js";
import { BOUNDARIES } from "../shared/vocabulary.js";
import { CanvasLayer } from "./canvas_layer.js";
import { Background } from "./decoder.js";
import { NamesLayer } from "./names_layer.js";
import { stateOf } from "./state.js";

const COLOURS = {
  light: {
    beyond: "#c7d8e2", water: "#d5e4ec", land: "#f6f4ee", line: "#a9c4d3", border: "#85799a",
    disputed: "#a1517f", division: "#cfc8d6", town: "#3f4347", country: "#5d5670",
  },
  dark: {
    beyond: "#172128", water: "#1d2a33", land: "#2b2f33", line: "#41616f", border: "#958da6",
    disputed: "#d488b4", division: "#474952", town: "#d7d7d7", country: "#b3adc2",
  },
};
const DIVISION_ZOOM = 4;
const SMALL_DIVISION_ZOOM = 7;

export const coloursOf = (theme) => COLOURS[theme] ?? COLOURS.light;

class Ground extends CanvasLayer {
  background = null;

  constructor(colours) { super({ pane: "geomap-ground", zIndex: 150, padding: 0.25, colours }); }
  mapEvents() { return { ...super.mapEvents(), "geomap:furniture": this.redraw }; }

  draw(ctx, view) {
    const { colours } = this.options;
    usePixels(ctx);
    ctx.fillStyle = colours.beyond;
    ctx.fillRect(0, 0, view.width, view.height);
    useWorld(ctx, view);
    ctx.fillStyle = colours.water;
    ctx.fillRect(0, 0, 1, 1);
    if (this.background) this.#drawWorld(ctx, view, this.background.paths(view));
    usePixels(ctx);
  }

  #drawWorld(ctx, view, paths) {
    const { land, water, line } = this.options.colours;
    const unit = view.dpr / view.scale;
    const thin = unit * (view.zoom < 4 ? 0.5 : 0.9);
    const fill = (path, colour) => {
      ctx.fillStyle = colour;
      ctx.fill(path, "nonzero");
    };
    ctx.lineJoin = "round";
    fill(paths.land, land);
    if (view.zoom >= 4) strokePath(ctx, paths.rivers, line, thin);
    fill(paths.lakes, water);
    strokePath(ctx, paths.shores, line, thin);
    strokePath(ctx, paths.coasts, line, thin);
    this.#drawBoundaries(ctx, view, paths, unit);
  }

  #drawBoundaries(ctx, view, paths, unit) {
    const { border, disputed, division } = this.options.colours;
    const { boundaries } = stateOf(this._map).furniture;
    if (boundaries === BOUNDARIES.none) return;
    const isDashed = boundaries !== BOUNDARIES.alike;
    const width = unit * (view.zoom < 4 ? 0.7 : 1.1);
    const dash = view.zoom < 4 ? [unit * 2.5, unit * 2] : [unit * 5, unit * 4];
    if (view.zoom >= DIVISION_ZOOM) strokePath(ctx, paths.divisions, division, unit * 0.8);
    if (view.zoom >= SMALL_DIVISION_ZOOM) strokePath(ctx, paths.small_divisions, division, unit * 0.8);
    strokePath(ctx, paths.borders, border, width);
    strokePath(ctx, paths.disputed, isDashed ? disputed : border, width, isDashed ? dash : []);
  }
}

async function loadBackground(source) {
  return new Background(typeof source === "string" ? await (await fetched(source)).json() : source);
}

/** Both canvases; `source` is the address of the background's file or what is in it. */
export function basemap(source, theme) {
  const colours = coloursOf(theme);
  const layers = [new Ground(colours), new NamesLayer(colours)];
  loadBackground(source).then(
    (background) => {
      for (const layer of layers) {
        layer.background = background;
        layer.redraw();
      }
      performance.mark("geomap:basemap");
    },
    () => console.warn("geomap: the background could not be loaded"),
  );
  return L.layerGroup(layers);
}
