using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Directory;

public sealed class PutExternalTraining(ExternalTrainingService trainings)
{
    [Function(nameof(PutExternalTraining)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/external-trainings/{trainingId}")] HttpRequest request, string trainingId, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var id = input.Id(trainingId);
        var title = input.Body.Text("title", TextRule.Title).Required();
        var provider = input.Body.Text("provider", TextRule.Name).OrNull();
        input.Body.ReadOnly("id", "createdAt", "updatedAt");
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await trainings.PutAsync(id, title, provider, precondition, input.Actor, cancellationToken);
        return outcome.Answer(put => Answer.Put(put.Created, ExternalTrainingAnswer.Of(put.Value), put.Value.Version));
    }
}
