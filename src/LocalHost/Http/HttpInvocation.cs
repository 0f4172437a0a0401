using CertFunctions.LocalHost.Rpc;
using CertFunctions.LocalHost.Worker;
using Yarp.ReverseProxy.Forwarder;

namespace CertFunctions.LocalHost.Http;

/// <summary>
/// Runs an HTTP function: the invocation goes over the stream, the request itself is forwarded to the worker's
/// own server, and one id ties them together.
/// </summary>
internal sealed class HttpInvocation(WorkerSupervisor worker, FunctionKeys keys, IHttpForwarder forwarder, HttpMessageInvoker client)
{
    public const long LargestBody = 100 * 1024 * 1024;

    private static readonly TimeSpan WaitForWorker = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing may come from the function, as in the real host; the platform's own front gives up after 230 s.</summary>
    private static readonly ForwarderRequestConfig Patient = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    public async Task RunAsync(HttpContext context, Function function)
    {
        if (!keys.Allow(context.Request, function))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if (context.Request.ContentLength > LargestBody)
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        else if (await worker.ReadyAsync(WaitForWorker, context.RequestAborted) is not { } ready)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else
            await ForwardAsync(context, function, ready);
    }

    private async Task ForwardAsync(HttpContext context, Function function, ReadyWorker ready)
    {
        var request = Request(context, function);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var running = ready.InvokeAsync(function, request, cancel.Token);
        var error = await forwarder.SendAsync(
            context, ready.HttpUri.ToString(), client, Patient, new InvocationTransformer(request.InvocationId), cancel.Token);
        if (error != ForwarderError.None)
        {
            await cancel.CancelAsync();
            Answer(context, FailureStatus(error, context.Features.Get<IForwarderErrorFeature>()?.Exception));
            _ = running.ContinueWith(task => _ = task.Exception, TaskScheduler.Default);
            return;
        }

        await ReportFailureAsync(context, running);
    }

    /// <summary>A function that throws answers 200 without a body from the worker; only its result tells the truth.</summary>
    private static async Task ReportFailureAsync(HttpContext context, Task<StatusResult> running)
    {
        try
        {
            if ((await running).Status != StatusResult.Success)
                Answer(context, StatusCodes.Status500InternalServerError);
        }
        catch (WorkerLostException)
        {
            Answer(context, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static void Answer(HttpContext context, int status)
    {
        if (!context.Response.HasStarted)
            context.Response.StatusCode = status;
        else
            context.Abort();
    }

    /// <summary>A body that breaks off, is no chunk or comes too slowly is its sender's fault; all else is the worker's.</summary>
    private static int FailureStatus(ForwarderError error, Exception? exception) => BadRequest(exception) switch
    {
        { } bad => bad.StatusCode,
        null when error == ForwarderError.RequestBodyClient => StatusCodes.Status400BadRequest,
        null => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>Lies beside the failure of the request to the worker, which it caused.</summary>
    private static BadHttpRequestException? BadRequest(Exception? exception) => exception switch
    {
        BadHttpRequestException bad => bad,
        AggregateException several => several.InnerExceptions.Select(BadRequest).FirstOrDefault(bad => bad is not null),
        { InnerException: { } inner } => BadRequest(inner),
        _ => null,
    };

    private static InvocationRequest Request(HttpContext context, Function function)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            InputData = [new ParameterBinding { Name = function.Trigger.Name, Data = new TypedData { Http = new RpcHttp() } }],
        };
        foreach (var (name, value) in context.GetRouteData().Values)
            request.TriggerMetadata[name] = new TypedData { Text = value?.ToString() ?? "" };
        return request;
    }
}
