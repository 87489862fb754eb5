using Experiments.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// What holds for every request to every service, before it is routed: which names a service answers to, that web pages of others change nothing, the
/// headers that tell browsers how to treat answers, and <c>HEAD</c> wherever there is <c>GET</c>. An endpoint cannot forget any of it.
/// </summary>
internal static class RequestGuards
{
    /// <summary>Calling it again changes nothing.</summary>
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

    /// <summary>Comes before everything that a service adds by itself, routing included.</summary>
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
