using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Http;

/// <summary>Refuses requests whose host name is not one of this service.</summary>
internal sealed class HostFilter(RequestDelegate next, HostNames names, ILogger<HostFilter> logger)
{
    private readonly RefusalLog _log = new(logger);

    public Task InvokeAsync(HttpContext context)
    {
        if (names.IsAllowed(context))
        {
            return next(context);
        }

        string host = RequestRefusal.Quote(context.Request.Host.Host);
        _log.Note("host", host, HostNames.Setting);
        return RequestRefusal.WriteAsync(
            context, StatusCodes.Status400BadRequest, "This service does not answer to that name.", "Host",
            $"{host} is not a name of this service; if it should be, add it to the setting {HostNames.Setting} (names separated by ';')");
    }
}
