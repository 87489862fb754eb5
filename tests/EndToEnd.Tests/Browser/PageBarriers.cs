using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Experiments.EndToEnd.Tests.Browser;

/// <summary>Accessibility and layout problems of a page: on a large screen, on a small one and at 200 % zoom, in the light and in the dark theme.</summary>
internal static class PageBarriers
{
    /// <summary>Pixels: a large window, a small one, and a screen of 1280 at 200 % zoom.</summary>
    private static readonly int[] Widths = [1440, 820, 640];

    private const int Height = 900;

    /// <summary>
    /// Elements that overflow the window or are cut off without a way to see the rest, and addresses that would break below a path of another site.
    /// Charts take a moment to fit their width: the check is repeated until it passes, and finally reports the remaining problems.
    /// </summary>
    private const string Overflow =
        """
        async () => {
          const mayScroll = '.table-scroll, .grid-scroll, .compare-scroll, pre, textarea, input, select, .js-plotly-plot, .js-plotly-plot *';
          const isOutOfSight = '.skip-link, .hidden';
          const name = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}.${[...e.classList].join('.')} "${(e.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)}"`;
          const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1;
          const isInScroller = e => { for (let p = e.parentElement; p; p = p.parentElement) if (scrolls(p)) return true; return false; };
          const find = () => {
            const width = document.documentElement.clientWidth;
            const found = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
            for (const e of document.body.querySelectorAll('*')) {
              if (e.closest('svg') || e.matches(isOutOfSight)) continue;
              const place = e.getBoundingClientRect();
              const style = getComputedStyle(e);
              if (place.width < 2 || place.height < 2 || style.visibility === 'hidden') continue;
              if (scrolls(e) && !e.matches(mayScroll)) found.push(`scrolls to the side: ${name(e)}`);
              if (e.closest('.js-plotly-plot')) continue;
              if ((place.right > width + 1 || place.left < -1) && style.position !== 'fixed' && !isInScroller(e)) found.push(`leaves the window: ${name(e)}`);
              const hasText = [...e.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
              if (hasText && /hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && !e.closest('[title]')) found.push(`cut off, and no title tells the rest: ${name(e)}`);
              if (hasText && style.overflowX === 'visible' && !style.display.startsWith('inline') && e.scrollWidth > e.clientWidth + 2) found.push(`spills out: ${name(e)}`);
            }
            for (const e of document.body.querySelectorAll('[href^="/"], [src^="/"], [action^="/"]')) found.push(`not relative to the base: ${name(e)}`);
            return [...new Set(found)];
          };
          const end = performance.now() + 10000;
          let found = find();
          while (found.length > 0 && performance.now() < end) {
            await new Promise(resume => setTimeout(resume, 100));
            found = find();
          }
          return found.slice(0, 5);
        }
        """;

    /// <summary>
    /// axe stays loaded in the page after its first run. A change of theme changes only colors, so only the rules about colors run again.
    /// </summary>
    private const string Violations =
        """
        async isThemeAlone => {
          const options = { resultTypes: ['violations'], ...(isThemeAlone && { runOnly: ['color-contrast', 'link-in-text-block'] }) };
          const { violations } = await axe.run(document, options);
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(node => node.html).join('; ')}`);
        }
        """;

    private const string Tone = "getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-success')";

    /// <summary>Opens a page and checks it in every width and theme; restores the width and the dark theme.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, string path)
    {
        PageViewportSizeResult before = page.ViewportSize!;
        var scheme = ColorScheme.Light;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("h1").First.WaitForAsync();

        // Transitions between themes show colors of neither.
        await page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = "* { transition: none !important; animation: none !important; }" });
        await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("document-title") });
        var found = new List<string>();
        foreach (int width in Widths)
        {
            await page.SetViewportSizeAsync(width, Height);
            found.AddRange((await page.EvaluateAsync<string[]>(Overflow)).Select(problem => $"{path} ({width} wide): {problem}"));
            found.AddRange(await ViolationsAsync(page, isThemeAlone: false, $"{path} ({width} wide, {scheme})"));
            scheme = scheme == ColorScheme.Light ? ColorScheme.Dark : ColorScheme.Light;
            await ChangeAsync(page, scheme);
            found.AddRange(await ViolationsAsync(page, isThemeAlone: true, $"{path} ({width} wide, {scheme})"));
        }

        await page.SetViewportSizeAsync(before.Width, before.Height);
        return found;
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page, bool isThemeAlone, string where) =>
        (await page.EvaluateAsync<string[]>(Violations, isThemeAlone)).Select(violation => $"{where}: {violation}");

    /// <summary>Waits until the page has the colors of the other theme.</summary>
    private static async Task ChangeAsync(IPage page, ColorScheme scheme)
    {
        string before = await page.EvaluateAsync<string>(Tone);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.WaitForFunctionAsync($"before => {Tone} !== before", before);
    }
}
