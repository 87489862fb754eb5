using Experiments.Dashboard.Components.Palette;
using Experiments.Dashboard.Components.Themes;
using Experiments.Dashboard.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace Experiments.Dashboard.Components.Layout;

/// <summary>The layout of all pages. It waits for the browser to report the theme, so that nothing appears in the wrong one.</summary>
public sealed partial class MainLayout : IDisposable
{
    private DotNetObjectReference<MainLayout>? _self;
    private ErrorBoundary? _boundary;
    private bool _isReady;
    private bool _isDark;
    private ThemeChoice _choice;
    private bool _isPaletteOpen;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private Session Session { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>Called by theme.js when the system changes between light and dark.</summary>
    [JSInvokable]
    public void OnSystemThemeChanged(bool isDark)
    {
        _isDark = isDark;
        StateHasChanged();
    }

    /// <summary>Called by keyboard.js for Ctrl-K.</summary>
    [JSInvokable]
    public async Task ShowPaletteAsync()
    {
        if (_isPaletteOpen)
        {
            return;
        }

        _isPaletteOpen = true;
        PaletteChoice? choice = await PaletteDialog.ShowAsync(Dialogs);
        _isPaletteOpen = false;
        switch (choice)
        {
            case { Theme: { } theme }:
                await ChooseAsync(theme);
                StateHasChanged();
                break;
            case { ShowsKeys: true }:
                await ShowHelpAsync();
                break;
        }
    }

    /// <summary>Called by keyboard.js for the question mark.</summary>
    [JSInvokable]
    public Task ShowHelpAsync() => Dialogs.ShowAsync<KeyboardHelp>("Keyboard shortcuts", new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });

    public void Dispose()
    {
        Session.Ended -= OnSessionEnded;
        _self?.Dispose();
    }

    protected override void OnInitialized() => Session.Ended += OnSessionEnded;

    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        Take(await Js.InvokeAsync<ThemeState>("dashboardTheme.current"));
        _isReady = true;
        StateHasChanged();
        _self = DotNetObjectReference.Create(this);
        await Js.InvokeVoidAsync("dashboardTheme.watch", _self);
        await Js.InvokeVoidAsync("dashboardKeys.attach", _self);
    }

    /// <summary>Removes the page with all that it shows, then leaves it for the page to sign in.</summary>
    private void OnSessionEnded() => InvokeAsync(() =>
    {
        StateHasChanged();
        Navigation.NavigateTo("login", forceLoad: true);
    });

    private async Task ChooseAsync(ThemeChoice choice) =>
        Take(await Js.InvokeAsync<ThemeState>("dashboardTheme.choose", choice.ToString().ToLowerInvariant()));

    private void Take(ThemeState state)
    {
        _isDark = state.IsDark;
        _choice = Enum.TryParse(state.Choice, ignoreCase: true, out ThemeChoice choice) ? choice : ThemeChoice.System;
    }

    private sealed record ThemeState(string Choice, bool IsDark);
}
