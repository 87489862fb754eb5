using MudBlazor;

namespace Experiments.Dashboard.Components.Themes;

/// <summary>The colors and fonts of the dashboard; dashboard.css refers to them as MudBlazor's CSS variables.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#3257d6",
            PrimaryContrastText = "#ffffff",
            Secondary = "#5b6673",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1a212b",
            TextPrimary = "#1a212b",
            TextSecondary = "#566170",
            TextDisabled = "#68727f",
            ActionDefault = "#566170",
            LinesDefault = "#e1e5ea",
            LinesInputs = "#c3cad3",
            TableLines = "#e9edf1",
            Divider = "#e1e5ea",
            Success = "#14683f",
            Warning = "#8a4f00",
            Error = "#b32525",
            Info = "#3257d6",
            OverlayDark = "rgba(20,26,34,0.5)",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8aa5ff",
            PrimaryContrastText = "#0f1419",
            Secondary = "#9aa7b6",
            Background = "#0f1419",
            Surface = "#171d25",
            AppbarBackground = "#171d25",
            AppbarText = "#e7ecf2",
            TextPrimary = "#e7ecf2",
            TextSecondary = "#9aa7b6",
            TextDisabled = "#8793a1",
            ActionDefault = "#9aa7b6",
            LinesDefault = "#29323d",
            LinesInputs = "#3f4a58",
            TableLines = "#222a34",
            Divider = "#29323d",
            Success = "#4cc38a",
            Warning = "#f0b44c",
            Error = "#ff7b7b",
            Info = "#8aa5ff",
            OverlayDark = "rgba(0,0,0,0.6)",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.8125rem", FontWeight = "600", LetterSpacing = "normal", TextTransform = "none" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "0.875rem", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "0.8125rem", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1.0625rem", FontWeight = "650", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
