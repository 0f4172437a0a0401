namespace CertFunctions.TestWorlds.Http;

/// <summary>Fails whatever gets an answer of the app that its description does not allow: so the one cannot change without the other.</summary>
public sealed class DescribedAnswers() : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (ApiDescription.Current.Find(request.Method, request.RequestUri!.AbsolutePath) is { } operation
            && await operation.WrongWithAsync(answer) is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"{request.Method} {request.RequestUri} was answered as {operation.Id} is not described: {string.Join(" ", wrong)}");
        }

        return answer;
    }
}
