using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class ListExternalTrainings(ExternalTrainingService trainings, Lists lists)
{
    [Function(nameof(ListExternalTrainings)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/external-trainings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await trainings.ListAsync(page, cancellationToken);
        return await lists.AnswerAsync(input, found, ExternalTrainingAnswer.Of, cancellationToken);
    }
}
