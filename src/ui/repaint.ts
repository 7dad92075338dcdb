/**
 * Ink writes what differs from its last frame, from where it believes the cursor to be. A terminal that changes its size cuts,
 * wraps and scrolls what it shows and moves the cursor, and several changes may arrive as one signal: there and back again, the size
 * is the one that Ink knows and it draws nothing at all. So each signal has everything drawn anew, and once more when it has been
 * quiet: some terminals tell the new size before they have cut their lines.
 */
import process from 'node:process'

/** From the top left cell down; what a terminal keeps above its screen stays as it is. */
export const eraseScreen = '\x1b[H\x1b[J'

const quietMs = 120

/** Gives the function that stops it. */
export function repaintOnResize(repaint: () => void): () => void {
  let quiet: NodeJS.Timeout | undefined
  const onResize = (): void => {
    repaint()
    clearTimeout(quiet)
    quiet = setTimeout(repaint, quietMs).unref()
  }
  process.on('SIGWINCH', onResize)
  return () => {
    clearTimeout(quiet)
    process.off('SIGWINCH', onResize)
  }
}
