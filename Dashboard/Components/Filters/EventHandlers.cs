using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>Events of the browser that Blazor does not know by itself; filter.js says what they carry.</summary>
[EventHandler("onfiltertyped", typeof(FilterTypedEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
