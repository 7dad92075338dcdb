import { Box } from 'ink'
import type { ReactNode } from 'react'
import type { Frame } from '../frame.ts'
import { Rows } from './rows.tsx'

export type ScreenProps = { readonly frame: Frame }

const paneKeys = ['main', 'detail'] as const

/** A frame in the terminal: never higher or wider than it, whatever the frame says. */
export function Screen({ frame }: ScreenProps): ReactNode {
  const { columns, rows, head, panes, sideBySide, foot, overlay } = frame
  return (
    <Box width={columns} height={rows} flexDirection="column" overflow="hidden">
      <Rows lines={head} />
      <Box flexDirection={sideBySide ? 'row' : 'column'} flexGrow={1} flexShrink={1} overflow="hidden">
        {panes.map((lines, place) => (
          <Rows key={paneKeys[place]} lines={lines} />
        ))}
      </Box>
      <Rows lines={foot} />
      {overlay === null ? null : (
        <Box position="absolute" left={overlay.x} top={overlay.y}>
          <Rows lines={overlay.lines} />
        </Box>
      )}
    </Box>
  )
}
