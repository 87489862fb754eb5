using Experiments.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// Checks and headers for every request to every service, before routing: host names, origins of web pages, security
/// headers, and <c>HEAD</c> for every <c>GET</c>. An endpoint cannot omit any of them.
/// </summary>
internal static class RequestGuards
{
    /// <summary>Idempotent.</summary>
    public static void AddRequestGuards(this IHostApplicationBuilder builder)
    {
        if (!builder.Services.MarkAdded("RequestGuards"))
        {
            return;
        }

        // ASP.NET Core's own reads the same setting, but allows every name unless it is set, and does not say which setting it is.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        builder.Services.AddSingleton<HostNames>();
        builder.Services.AddSingleton<TrustedOrigins>();
        builder.Services.AddTransient<IStartupFilter, Filter>();
    }

    /// <summary>Runs before all middleware that a service adds, including routing.</summary>
    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(BrowserHeaders.AddAsync);
            app.UseMiddleware<HostFilter>();
            app.UseMiddleware<OriginFilter>();
            app.Use(HeadRequests.AnswerAsync);
            next(app);
        };
    }
}
