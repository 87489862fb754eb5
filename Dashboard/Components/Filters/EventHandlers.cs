using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>Browser events that Blazor does not define; filter.js defines their data.</summary>
[EventHandler("onfiltertyped", typeof(FilterTypedEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;
