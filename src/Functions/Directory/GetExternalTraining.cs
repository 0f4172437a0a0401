using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class GetExternalTraining(ExternalTrainingService trainings)
{
    [Function(nameof(GetExternalTraining)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/external-trainings/{trainingId}")] HttpRequest request, string trainingId, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var id = input.Id(trainingId);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await trainings.FindAsync(id, cancellationToken);
        return outcome.Answer(found => Answer.Ok(ExternalTrainingAnswer.Of(found), found.Version));
    }
}
