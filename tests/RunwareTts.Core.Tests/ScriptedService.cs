using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Tests;

/// <summary>A service that says what a test tells it to, for answers that no page describes.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private ScriptedService(WebApplication app) => _app = app;

    public int Requests => _requests;

    public ISpeechProvider Provider => new RunwareProvider(new RunwareClient(new Uri(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "/v1"), ApiKey.From("SECRETKEY")));

    /// <param name="answer">Given the number of the request (from 1), its body and the id of its first task, what to answer.</param>
    public static async Task<ScriptedService> StartAsync(Func<int, string, string, Answer> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel((KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        ScriptedService service = new(builder.Build());
        service._app.Run(async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            using JsonDocument json = JsonDocument.Parse(body);
            Answer given = answer(Interlocked.Increment(ref service._requests), body, json.RootElement[0].GetProperty("taskUUID").GetString()!);
            context.Response.StatusCode = given.Status;
            context.Response.ContentType = "application/json";
            foreach ((string name, string value) in given.Headers)
                context.Response.Headers[name] = value;
            await context.Response.WriteAsync(given.Body);
        });
        await service._app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

internal sealed record Answer(string Body, int Status = 200)
{
    public (string Name, string Value)[] Headers { get; init; } = [];
}
